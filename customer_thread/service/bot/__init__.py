"""The bot that the contractor writes to, by whichever mouth it speaks."""
