"""Prices and promotions, as several screens show them."""
