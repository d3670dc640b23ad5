"""Every colour, once: name, light, dark. Palette, style sheet and delegates take their colours from this table."""

from typing import Final

TOKENS: Final[dict[str, tuple[str, str]]] = {
    "canvas": ("#F2F5F4", "#0E1514"),
    "surface": ("#FFFFFF", "#17201F"),
    "raised": ("#FFFFFF", "#212C2A"),
    "sunken": ("#E8EDEB", "#0A100F"),
    "border": ("#D3DBD8", "#31403D"),
    "control": ("#71807B", "#778883"),
    "text": ("#13201D", "#E9F0EE"),
    "text2": ("#3F4D49", "#B9C6C2"),
    "text3": ("#586661", "#94A39F"),
    "accent": ("#0A5B6B", "#62C4D4"),
    "accent_hover": ("#0D6E81", "#7BD2E0"),
    "accent_pressed": ("#084855", "#4BAFC0"),
    "on_accent": ("#FFFFFF", "#05252C"),
    "accent_soft": ("#DDEEF1", "#143A42"),
    "ok": ("#2C6E35", "#86CC8C"),
    "ok_soft": ("#E3F1E3", "#19341F"),
    "wait": ("#7F5200", "#EDBE5D"),
    "wait_soft": ("#FBEECF", "#3A2C0C"),
    "wait_fill": ("#B97F00", "#EDBE5D"),
    "fail": ("#B3201B", "#FF9A8F"),
    "fail_soft": ("#FDE9E6", "#47191A"),
    "on_fail": ("#FFFFFF", "#3B0907"),
    "picture": ("#F5F4EF", "#E9E8E2"),
    "chart_2": ("#5E96A1", "#4A8C99"),
    "brand": ("#0A5B6B", "#0A5B6B"),
    "on_brand": ("#FFFFFF", "#FFFFFF"),
}
"""`brand` is the logo's petrol, the same in both themes; red is reserved for failed and overdue things."""

DIM: Final = (10, 18, 16, 133)
"""The veil behind sheets: red, green, blue, alpha."""


def contrast(first: str, second: str) -> float:
    """Returns the contrast ratio of two colours by WCAG 2, 1 to 21."""
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[position : position + 2], 16) / 255 for position in (1, 3, 5))
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
