"""The parts that screens are made of. Each paints itself from the theme and knows nothing of data."""
