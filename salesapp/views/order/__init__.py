"""Writing an order or quote: picking items, the cart, its header, why a price is what it is."""
