"""Who is notified, of what and when: what they want, and the notices themselves."""
