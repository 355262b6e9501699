"""What a thread looks like to whoever reads it."""
