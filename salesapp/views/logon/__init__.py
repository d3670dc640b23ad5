"""Logging on: the first page of the window."""
