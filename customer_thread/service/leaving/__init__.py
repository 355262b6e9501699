"""How a customer leaves: erased, or with a copy of the conversation; and what goes because it is old."""
