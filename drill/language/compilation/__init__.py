"""From a checked tree to closures that compute its value."""
