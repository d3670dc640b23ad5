"""The ASGI service in front of the ERP: takes rows, gives revisions, publishes segments, stores submissions."""
