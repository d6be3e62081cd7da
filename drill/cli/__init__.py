"""The commands: a file each, and the funnel through which they leave."""
