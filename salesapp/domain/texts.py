"""Texts as people look for them. Pure."""

import unicodedata


def folded(text: str) -> str:
    """Small letters without accents, as the indexes of words have them: "zolty" is "Żółty"."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFD", text.casefold().replace("ł", "l"))  # it has no decomposition
    return "".join(letter for letter in apart if not unicodedata.combining(letter))
