"""The declarations of the synchronized objects, a file for each section."""
