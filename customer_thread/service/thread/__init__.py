"""The record itself: what is written into it, and whose it is."""
