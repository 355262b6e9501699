"""How words leave the house."""
