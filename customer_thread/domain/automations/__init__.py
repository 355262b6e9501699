"""What the system writes by itself: which message, when, about what, and whether it still is true."""
