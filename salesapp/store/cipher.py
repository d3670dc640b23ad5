"""The layout of SQLCipher files, which every connection must set first."""

PAGE_SIZE = 8192
"""Bytes of a page in every file."""
