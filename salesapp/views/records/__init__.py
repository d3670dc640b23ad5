"""Lists of synchronized records, and one of them."""
