"""Customers: the list, the card, and the form for new and changed ones."""
