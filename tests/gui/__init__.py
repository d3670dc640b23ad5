"""The window, clicked through."""
