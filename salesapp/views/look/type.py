"""Type: Inter in nine roles, with tabular figures everywhere."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtGui import QFont, QFontDatabase

from salesapp.resources import resource

FAMILY: Final = "Inter"
FALLBACKS: Final = ("Noto Sans", "Segoe UI", "DejaVu Sans")
_FILES = ("Inter-Regular.ttf", "Inter-Medium.ttf", "Inter-SemiBold.ttf")


@dataclass(frozen=True, slots=True)
class Role:
    """Size in pixels, weight, and letter spacing in pixels."""

    pixels: int
    weight: QFont.Weight = QFont.Weight.Normal
    spacing: float = 0.0


_MEDIUM, _BOLD = QFont.Weight.Medium, QFont.Weight.DemiBold

ROLES: Final[dict[str, Role]] = {
    "percent": Role(120, _BOLD, -4.8),
    "percent_open": Role(80, _BOLD, -3.2),
    "percent_tile": Role(52, _BOLD, -2.1),
    "display": Role(40, _BOLD, -0.8),
    "figure": Role(32, _BOLD, -0.6),
    "title": Role(26, _BOLD, -0.4),
    "heading": Role(20, _BOLD, -0.2),
    "name": Role(17, _BOLD),
    "price": Role(18, _BOLD),
    "lead": Role(18),
    "word": Role(15, _MEDIUM),
    "line": Role(15),
    "body": Role(16),
    "body_medium": Role(16, _MEDIUM),
    "body_bold": Role(16, _BOLD),
    "small": Role(14),
    "small_medium": Role(14, _MEDIUM),
    "small_bold": Role(14, _BOLD),
}


def load_fonts() -> None:
    """Registers the vendored fonts with Qt."""
    for name in _FILES:
        QFontDatabase.addApplicationFont(str(resource("fonts", name)))


_made: dict[str, QFont] = {}


def font(role: str) -> QFont:
    """Returns the font of a role."""
    if role not in _made:
        wanted = ROLES[role]
        made = QFont([FAMILY, *FALLBACKS])
        made.setPixelSize(wanted.pixels)
        made.setWeight(wanted.weight)
        made.setFeature(QFont.Tag("tnum"), 1)
        if wanted.spacing:
            made.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, wanted.spacing)
        _made[role] = made
    return _made[role]
