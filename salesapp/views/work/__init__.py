"""My work, the list of documents, and one document: shown, printed as PDF, put into an e-mail draft."""
