"""Reports: the user's own sales as figures and bars, and the lists behind them."""
