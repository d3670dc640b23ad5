"""A company with HTML that loads a file in every text, and checks whether the window interpreted it."""

import ctypes
import os
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from PySide6.QtCore import QModelIndex, QPoint
from PySide6.QtGui import Qt, QTextDocumentFragment
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QPushButton,
    QTextEdit,
    QToolTip,
    QWidget,
)

from salesapp.domain.catalogue import CATALOGUE
from salesapp.domain.schema import Kind
from tests.company import Rows
from tests.gui.walk import name_of, row_names

MARK = "Log on again"
"""The text of the heading: a widget that shows it larger, or without its tags, has interpreted it as HTML."""
STAYS = {
    "directories.price_types.code",  # these three are scopes that other records name
    "directories.warehouses.code",
    "auxiliary.profiles.code",
    "auxiliary.profiles.default_payment_form",
    "auxiliary.documents.currency",
    "auxiliary.document_states.kind",
    "auxiliary.document_states.field",
    "directories.global_price_configuration.name",
    "directories.global_price_configuration.value",
    "documents.numerators.pattern",
    "documents.numerators.document_type",
}
"""Texts that name parts of the app, or that other records refer to."""
KEYS = frozenset({"representative", "supervisor", "submission", "sha256", "media_type"})
NESTED = frozenset(
    {"name", "street", "postal_code", "city", "country", "position", "phone", "email", "reason", "description", "item"}
)
_TIPS = (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.StatusTipRole, Qt.ItemDataRole.WhatsThisRole)


class Spy:
    """A picture that nothing should open; detects by inotify whether something did."""

    def __init__(self, path: Path, picture: bytes) -> None:
        path.write_bytes(picture)
        self.path = path
        libc = ctypes.CDLL(None, use_errno=True)
        self._descriptor = libc.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
        opened, read = 0x20, 0x1
        assert libc.inotify_add_watch(self._descriptor, os.fsencode(path), opened | read) > 0

    @property
    def text(self) -> str:
        """The text for every field: a picture, a heading, a link, and a mnemonic for a button."""
        return f"<img src='{self.path}'><h1>{MARK}</h1><a href='file://{self.path}'>&Save</a>"

    def was_opened(self) -> bool:
        """Whether it was opened since the last call."""
        try:
            return len(os.read(self._descriptor, 65_536)) >= struct.calcsize("iIII")
        except BlockingIOError:
            return False

    def end(self) -> None:
        os.close(self._descriptor)


def fill(company: Rows, text: str) -> None:
    """Puts the text into every text field of every row; codes keep their beginning."""
    for entry in CATALOGUE.objects:
        for key, row in company[entry.key].items():
            for field in entry.fields:
                if field.kind is Kind.JSON:
                    row[field.name] = _filled(row.get(field.name), text)
                elif _is_free(entry.key, field.name, field.kind, field.choices):
                    begin = row.get(field.name) or key
                    row[field.name] = f"{begin} {text}" if field.name in entry.natural_key else text
                    if field.name == "code":
                        row[field.name] = f"{begin} {text}"


def _is_free(key: str, name: str, kind: Kind, choices: tuple[str, ...]) -> bool:
    return kind is Kind.TEXT and not choices and name not in KEYS and f"{key}.{name}" not in STAYS


def _filled(value: Any, text: str) -> Any:
    if isinstance(value, list):
        return [_filled(one, text) for one in value]
    if not isinstance(value, dict):
        return value
    found = {name: _filled(one, text) for name, one in value.items()}
    found |= {name: text for name in value if name in NESTED and name != "item"}
    if "options" in value:
        found["options"] = [f"{option} {text}" for option in value["options"]]
    if "item" in value:  # lines of documents contain codes
        found |= {name: f"{value[name]} {text}" for name in ("item", "unit")}
    return found


def interpreting_widgets(top: QWidget) -> list[str]:
    """Returns widgets that interpret text as HTML, a mnemonic, or anything else."""
    return [
        f"{type(widget).__name__}: {told}" for widget in [top, *top.findChildren(QWidget)] for told in _wrong(widget)
    ]


def _wrong(widget: QWidget) -> Iterator[str]:
    if widget.inherits("QTipLabel"):  # Qt's own, which shows the tooltips of others
        return
    if isinstance(widget, QLabel) and widget.textFormat() != Qt.TextFormat.PlainText:
        yield f"a label guesses what its text is: {widget.text()!r}"
    if isinstance(widget, QLabel) and widget.openExternalLinks():
        yield "a label opens links"
    if isinstance(widget, QTextEdit):
        yield "a field for HTML"
    if isinstance(widget, QAbstractButton) and not widget.shortcut().isEmpty():
        yield f"a text became a key: {widget.text()!r}"
    if isinstance(widget, QPushButton) and "&" in widget.text().replace("&&", ""):
        yield f"a letter is lost: {widget.text()!r}"
    for tip in (widget.toolTip(), widget.statusTip(), widget.whatsThis()):
        if MARK in tip and not _is_plain(tip):
            yield f"a tip is read as HTML: {tip!r}"
    if isinstance(widget, QAbstractItemView | QComboBox) and widget.model() is not None:
        yield from (f"a row has a tip of its own: {tip!r}" for tip in _tips_of(widget))


def _is_plain(tip: str) -> bool:
    """Whether it shows the tags of a record's text."""
    if not Qt.mightBeRichText(tip):
        return True
    shown = QTextDocumentFragment.fromHtml(tip).toPlainText()
    return "<img" in shown and f"<h1>{MARK}</h1>" in shown and "&Save" in shown


def _tips_of(view: QAbstractItemView | QComboBox) -> list[str]:
    model = view.model()
    indexes = [model.index(row, 0, QModelIndex()) for row in range(model.rowCount())]
    return [str(tip) for index in indexes for role in _TIPS if (tip := index.data(role)) is not None]


def show_tips(top: QWidget, shown: set[str]) -> None:
    """Makes every tooltip appear that was not `shown` before, as under a resting mouse."""
    for widget in top.findChildren(QWidget):
        if widget.toolTip() and widget.isVisible() and widget.toolTip() not in shown:
            QToolTip.showText(QPoint(1, 1), widget.toolTip(), widget)
            tip_in_sight().grab()
            shown.add(widget.toolTip())


def tip_in_sight() -> QLabel:
    found = [one for one in QApplication.topLevelWidgets() if one.inherits("QTipLabel") and one.isVisible()]
    assert isinstance(found[-1], QLabel)
    return found[-1]


def shown_by(top: QWidget) -> int:
    """Counts visible labels, buttons, rows and fields that show the text with its tags."""
    labels = [label.text() for label in top.findChildren(QLabel) if label.isVisible()]
    names = [name_of(button) for button in top.findChildren(QAbstractButton) if button.isVisible()]
    views = [view for view in top.findChildren(QAbstractItemView) if view.isVisible()]
    rows = [said for view in views for _index, said in row_names(view)]
    chosen = [box.currentText() for box in top.findChildren(QComboBox) if box.isVisible()]
    return sum(f"<h1>{MARK}</h1>" in text for text in labels + names + rows + chosen)
