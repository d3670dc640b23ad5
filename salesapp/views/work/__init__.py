"""My work, the list of documents, and a document's page, which can be printed as PDF or sent by e-mail."""
