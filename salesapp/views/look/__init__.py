"""The look of the window: colours, type, icons, and the style sheet made of them."""
