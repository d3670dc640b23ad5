"""Shows the attributes of a record on a card, with numbers, dates and links formatted for people."""

from decimal import Decimal

from PySide6.QtWidgets import QWidget

from salesapp.domain.links import link_of
from salesapp.views import formats
from salesapp.views.labels import translate
from salesapp.views.parts.buttons import Button
from salesapp.views.parts.links import connect_link, remark
from salesapp.views.parts.pairs import PairCard
from salesapp.views.parts.plain import set_tip
from salesapp.views.parts.text import WholeText


def add_attribute(card: PairCard, name: str, kind: str, value: str) -> None:
    """Adds an attribute to a card, with a remark if its link cannot be opened."""
    card.add(name, attribute_value(kind, value), below=remark(kind, value))


def attribute_value(kind: str, value: str) -> str | QWidget:
    """Returns a button for a plain link, and formatted text for every other kind of value."""
    try:
        if kind == "decimal":
            return formats.decimal(Decimal(value))
        if kind == "date":
            return formats.day(value)
    except (ArithmeticError, ValueError):
        return value
    if kind != "url":
        return value
    link = link_of(kind, value)
    if link is None:
        return WholeText("body_medium", text=value)
    button = Button("quiet")
    button.set_texts(translate("Items", "Open the link"))
    set_tip(button, link.target)
    connect_link(button, link)
    return button
