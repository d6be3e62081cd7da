"""What is said when something is refused, and what to write instead."""
