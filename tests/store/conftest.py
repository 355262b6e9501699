"""The store's tests run on SQLite and on MariaDB."""

from support.databases import clock, database, maria, sqlite

__all__ = ["clock", "database", "maria", "sqlite"]
