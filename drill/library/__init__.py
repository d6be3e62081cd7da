"""The bank for one learner: what a name opens, what is due, and which numbers."""
