"""Settings and the history of syncs."""
