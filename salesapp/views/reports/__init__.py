"""Screens of reports: own sales as figures and bars, and the lists behind them."""
