"""Normalizes texts for search and display. Pure."""

import unicodedata


def folded(text: str) -> str:
    """Returns lower case without accents, as in the search index: "Żółty" becomes "zolty"."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFD", text.casefold().replace("ł", "l"))  # it has no decomposition
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def one_line(text: str, most: int) -> str:
    """Returns the text on one line of at most `most` characters; invisible characters and runs of blanks become one."""
    seen = "".join(letter if letter.isprintable() else " " for letter in text[: 10 * most])
    return " ".join(seen.split())[:most].rstrip()
