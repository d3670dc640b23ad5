"""Texts as people look for them. Pure."""

import unicodedata


def folded(text: str) -> str:
    """Small letters without accents, as the indexes of words have them: "zolty" is "Żółty"."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFD", text.casefold().replace("ł", "l"))  # it has no decomposition
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def one_line(text: str, most: int) -> str:
    """The text in one line of at most `most` letters: what cannot be seen becomes a blank, many blanks one."""
    seen = "".join(letter if letter.isprintable() else " " for letter in text[: 10 * most])
    return " ".join(seen.split())[:most].rstrip()
