"""What a representative does: take an order, record a visit, add a customer. Rules and store, no network."""
