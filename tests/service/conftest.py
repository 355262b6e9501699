"""The services' tests run on SQLite and on MariaDB."""

from support.worlds import clock, database, world

__all__ = ["clock", "database", "world"]
