"""SalesApp: offline-first field sales, synchronized with an ERP system."""

__version__ = "0.1.0"
