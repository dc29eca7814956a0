"""Codings in, the same codings out on any day as they were known then: the store, SQLite through SQLAlchemy Core."""
