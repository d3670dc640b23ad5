"""The tablet's files: catalog.db (synchronized, a cache), work.db (precious), media, keys. SQL lives here only."""
