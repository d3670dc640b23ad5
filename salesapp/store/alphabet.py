"""The order of names, as SQL: SQLite compares bytes, by which "Łódź" comes after "Zebra", and "adapter" too.

An expression of SQLite's own functions, so that an index can hold it and every reader can ask for it. Small and capital
letters are the same; Polish letters have their places in the alphabet; all others are compared as they are.
"""

_AFTER = {"ą": "a~", "ć": "c~", "ę": "e~", "ł": "l~", "ń": "n~", "ó": "o~", "ś": "s~", "ź": "z~", "ż": "z~~"}
"""Letter: what stands for it; the tilde comes after all letters without accents."""


def _in_alphabet(column: str) -> str:
    small = f"lower({column})"  # knows letters without accents only
    words = small
    for letter, place in _AFTER.items():
        words = f"replace(replace({words}, '{letter}', '{place}'), '{letter.upper()}', '{place}')"
    is_plain = f"length({column}) = length(CAST({column} AS BLOB))"  # most are: eighteen searches less
    return f"CASE WHEN {is_plain} THEN {small} ELSE {words} END"


BY_NAME = _in_alphabet('"name"')
"""To order rows by their field `name`."""


def ordering(field: str) -> str:
    """What to order rows by that are listed by a field: names by the alphabet, codes and dates as they are stored."""
    return BY_NAME if field == "name" else f'"{field}"'
