"""The contractor's pages and calls."""
