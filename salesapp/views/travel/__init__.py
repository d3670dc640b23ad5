"""Travel: the list of own entries, and the form of one entry."""
