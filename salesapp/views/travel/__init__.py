"""Screens of travel: the list of own entries, and one entry."""
