"""What comes from outside, put where it belongs, once."""
