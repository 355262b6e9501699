"""Pushes to browsers, by pywebpush."""
