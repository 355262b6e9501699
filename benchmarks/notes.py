"""Why a measure is not reached, and what would reach it: written by hand, by the row's key."""

NOTES: dict[str, str] = {}
