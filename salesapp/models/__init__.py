"""Between the window and what it shows: Qt item models, and the one bridge from a running sync to signals."""
