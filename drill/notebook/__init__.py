"""Questions in a notebook: asked, answered with arrays, and kept like any other."""
