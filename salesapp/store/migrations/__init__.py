"""Alembic migrations of work.db, run by `salesapp.store.work` through the open encrypted connection."""

HEAD = "0004"
"""The newest revision; a test holds it against the scripts. Known here so that Alembic is imported only when needed."""
