"""Whose words something is, and how somebody can be reached."""
