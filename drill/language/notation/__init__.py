"""From what learners type, on paper and keyboard, to the text of Python's grammar."""
