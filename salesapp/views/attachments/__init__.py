"""Photos and files of a record."""
