"""The embedded host: SQLite and a small WSGI server in one process."""
