"""Facts and rules of field sales. No input or output, and no import of any other room."""
