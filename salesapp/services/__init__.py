"""The work of a representative: taking orders, recording visits, adding customers. Rules and store, no network."""
