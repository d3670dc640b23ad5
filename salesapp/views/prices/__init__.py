"""Prices and promotions, shared by several screens."""
