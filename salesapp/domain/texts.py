"""Normalizes texts for search and display. Pure."""

import unicodedata

_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "œ": "oe", "æ": "ae", "\N{LATIN SMALL LETTER DOTLESS I}": "i"})
"""Letters that people type otherwise, and that have no decomposition."""


def folded(text: str) -> str:
    """Returns lower case without accents, as in the search index: "Żółty" becomes "zolty"."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFD", text.casefold().translate(_LETTERS))
    plain = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return unicodedata.normalize("NFC", plain.translate(_LETTERS))


def one_line(text: str, most: int) -> str:
    """Returns the text on one line of at most `most` characters; invisible characters and runs of blanks become one."""
    seen = "".join(letter if letter.isprintable() else " " for letter in text[: 10 * most])
    return " ".join(seen.split())[:most].rstrip()
