"""What the system writes by itself, and what customers answer to it."""
