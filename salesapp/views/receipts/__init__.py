"""Receipts of records, shared by several screens: texts, icons and rows."""
