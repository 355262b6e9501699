"""Decisions: plain functions of plain data, which return their reason."""
