"""Says what a scanned code was that belongs to no item, and what helps."""

from PySide6.QtCore import QCoreApplication

from salesapp.domain.barcodes import kind_of
from salesapp.views.parts.text import Words

translate = QCoreApplication.translate

_LONGEST = 40
"""Characters of a code that are shown."""


def shown(code: str) -> str:
    """Returns a code as people can read it: without control characters, and not longer than a line."""
    plain = "".join(letter if letter.isprintable() else " " for letter in code)
    return plain if len(plain) <= _LONGEST else f"{plain[: _LONGEST - 1]}\N{HORIZONTAL ELLIPSIS}"


def unknown(code: str) -> tuple[Words, Words]:
    """Returns title and text of a message, which follow the language."""
    kind = kind_of(code)
    return lambda: translate("ScanWords", "No item has the code {code}").format(code=shown(code)), lambda: _help(kind)


def refused(code: str) -> tuple[Words, Words]:
    """Returns title and text for a scan that comes while a sheet waits for an answer."""
    return (
        lambda: translate("ScanWords", "Scanned: {code}").format(code=shown(code)),
        lambda: translate("ScanWords", "It changed nothing here. Finish or close this first, then scan it again."),
    )


def _help(kind: str) -> str:
    match kind:
        case "misread":
            return translate("ScanWords", "Nothing was added. Its check digit is wrong: scan it again or search.")
        case "number":
            return translate("ScanWords", "Nothing was added. It is a complete EAN or UPC; search by name.")
        case "elements":
            return translate("ScanWords", "Nothing was added. It is a GS1 code without an item, such as a batch.")
        case "link":
            return translate("ScanWords", "Nothing was added. It is a web address; scan the bars of the item.")
        case _:
            return translate("ScanWords", "Nothing was added. It was not understood; search by name.")
