"""The customer's pages and calls."""
