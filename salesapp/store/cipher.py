"""How the files of SQLCipher are laid out: what every connection must say first."""

PAGE_SIZE = 8192
"""Bytes of a page, in all files."""
