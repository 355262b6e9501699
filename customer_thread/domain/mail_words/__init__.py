"""Which words of a mail are new: pure rules over the lines of its text."""
