"""One document: shown, printed as PDF, put into an e-mail draft."""
