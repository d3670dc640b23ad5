"""The HTTP interface, one module per group of paths. Thin: reads the request, calls, answers."""
