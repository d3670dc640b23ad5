"""Qt item models, the sources that screens call services through, and the one bridge from a running sync to signals."""
