"""From text to a checked tree: places, and the allow-list."""
