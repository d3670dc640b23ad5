"""The demo company: an invented food and drink wholesaler, as an ERP to synchronize with."""

from salesapp.gateway.connectors.demo.connector import DemoCompany

__all__ = ["DemoCompany"]
