"""Synchro: the choice, the progress, the verdict."""
