"""Appointments and visits: when they are, and in which words."""
