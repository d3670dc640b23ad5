"""Items: the list with groups and filters, and one item."""
