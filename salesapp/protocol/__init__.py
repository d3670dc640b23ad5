"""What travels between tablet and gateway: paths, messages, segments, limits. Both sides import it."""
