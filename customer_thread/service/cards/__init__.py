"""Documents of the business become cards."""
