"""Sorts names by the Polish alphabet, in SQL. SQLite compares bytes, which puts "Łódź" and "adapter" after "Zebra".

The order is an expression of SQLite's own functions, so that an index can hold it. Case does not matter,
Polish letters have their places in the alphabet, and all others compare as they are.
"""

_AFTER = {"ą": "a~", "ć": "c~", "ę": "e~", "ł": "l~", "ń": "n~", "ó": "o~", "ś": "s~", "ź": "z~", "ż": "z~~"}
"""Replacements of letters; the tilde sorts after all letters without accents."""


def _in_alphabet(column: str) -> str:
    small = f"lower({column})"  # of letters without accents only
    words = small
    for letter, place in _AFTER.items():
        words = f"replace(replace({words}, '{letter}', '{place}'), '{letter.upper()}', '{place}')"
    is_plain = f"length({column}) = length(CAST({column} AS BLOB))"  # most are, which saves eighteen replacements
    return f"CASE WHEN {is_plain} THEN {small} ELSE {words} END"


BY_NAME = _in_alphabet('"name"')
"""Orders rows by their field `name`."""


def ordering(field: str) -> str:
    """Returns the SQL that orders rows by a field: names by the alphabet, codes and dates as stored."""
    return BY_NAME if field == "name" else f'"{field}"'
