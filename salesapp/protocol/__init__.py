"""What travels between tablet and gateway: paths, messages, segments, limits. Imported by both sides."""
