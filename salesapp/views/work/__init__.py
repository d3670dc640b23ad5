"""My work, and the list of documents: everything with its receipt."""
