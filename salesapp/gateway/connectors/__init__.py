"""One module or package per ERP system: the source of rows and the target of submissions."""
