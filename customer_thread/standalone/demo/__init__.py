"""The example thread, live, beside small stand-ins for the outside world."""
