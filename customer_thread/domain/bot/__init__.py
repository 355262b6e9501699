"""The contractor's bot: what they write to it, and what becomes of it."""
