"""Synchro: the choice, the progress, the result."""
