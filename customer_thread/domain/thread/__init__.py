"""The thread's own order, keys and number."""
