"""The demo company: a food and drink wholesaler that exists in this program only, as an ERP to synchronize with."""

from salesapp.gateway.connectors.demo.connector import DemoCompany

__all__ = ["DemoCompany"]
