"""Receipts of records, as several screens show them: words, icons and rows."""
