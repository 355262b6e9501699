"""How a person without a password comes to their thread."""
