"""Generic lists of synchronized rows, and the page of one row."""
