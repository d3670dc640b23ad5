"""One module or package per ERP system: where rows come from and submissions go to."""
