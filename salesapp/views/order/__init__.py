"""Writing an order or quote: picking items, the cart, the header."""
