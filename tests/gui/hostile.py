"""A company whose every text is HTML that loads a file, and what tells whether the window took it for HTML."""

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
"""What the heading says: whoever shows it larger, or without its tags, has taken it for HTML."""
STAYS = {
    "directories.price_types.code",  # these three are scopes, named by other records
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
"""Texts that are names of this app's own, or that other records refer to."""
KEYS = frozenset({"representative", "supervisor", "submission", "sha256", "media_type"})
NESTED = frozenset(
    {"name", "street", "postal_code", "city", "country", "position", "phone", "email", "reason", "description", "item"}
)
_TIPS = (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.StatusTipRole, Qt.ItemDataRole.WhatsThisRole)


class Spy:
    """A picture that nobody has a reason to open, and whether somebody did (inotify)."""

    def __init__(self, path: Path, picture: bytes) -> None:
        path.write_bytes(picture)
        self.path = path
        libc = ctypes.CDLL(None, use_errno=True)
        self._descriptor = libc.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
        opened, read = 0x20, 0x1
        assert libc.inotify_add_watch(self._descriptor, os.fsencode(path), opened | read) > 0

    @property
    def text(self) -> str:
        """What stands in every field: a picture, a heading, a link, and a key for a button."""
        return f"<img src='{self.path}'><h1>{MARK}</h1><a href='file://{self.path}'>&Save</a>"

    def was_opened(self) -> bool:
        """Since the last question."""
        try:
            return len(os.read(self._descriptor, 65_536)) >= struct.calcsize("iIII")
        except BlockingIOError:
            return False

    def end(self) -> None:
        os.close(self._descriptor)


def spoil(company: Rows, text: str) -> None:
    """Puts the text into every field of every row that holds words; codes keep their beginning."""
    for entry in CATALOGUE.objects:
        for key, row in company[entry.key].items():
            for field in entry.fields:
                if field.kind is Kind.JSON:
                    row[field.name] = _spoiled(row.get(field.name), text)
                elif _is_free(entry.key, field.name, field.kind, field.choices):
                    begin = row.get(field.name) or key
                    row[field.name] = f"{begin} {text}" if field.name in entry.natural_key else text
                    if field.name == "code":
                        row[field.name] = f"{begin} {text}"


def _is_free(key: str, name: str, kind: Kind, choices: tuple[str, ...]) -> bool:
    return kind is Kind.TEXT and not choices and name not in KEYS and f"{key}.{name}" not in STAYS


def _spoiled(value: Any, text: str) -> Any:
    if isinstance(value, list):
        return [_spoiled(one, text) for one in value]
    if not isinstance(value, dict):
        return value
    found = {name: _spoiled(one, text) for name, one in value.items()}
    found |= {name: text for name in value if name in NESTED and name != "item"}
    if "options" in value:
        found["options"] = [f"{option} {text}" for option in value["options"]]
    if "item" in value:  # a line of a document names codes
        found |= {name: f"{value[name]} {text}" for name in ("item", "unit")}
    return found


def taken_for_more(top: QWidget) -> list[str]:
    """Widgets of a window that take text for HTML, for a key, or for anything else."""
    return [
        f"{type(widget).__name__}: {told}" for widget in [top, *top.findChildren(QWidget)] for told in _wrong(widget)
    ]


def _wrong(widget: QWidget) -> Iterator[str]:
    if widget.inherits("QTipLabel"):  # Qt's own, which shows the tips of the others
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
    """Whether the tags of a record's text can be read in it."""
    if not Qt.mightBeRichText(tip):
        return True
    shown = QTextDocumentFragment.fromHtml(tip).toPlainText()
    return "<img" in shown and f"<h1>{MARK}</h1>" in shown and "&Save" in shown


def _tips_of(view: QAbstractItemView | QComboBox) -> list[str]:
    model = view.model()
    indexes = [model.index(row, 0, QModelIndex()) for row in range(model.rowCount())]
    return [str(tip) for index in indexes for role in _TIPS if (tip := index.data(role)) is not None]


def show_tips(top: QWidget, shown: set[str]) -> None:
    """Lets every tooltip appear that was not `shown` before, as under a resting mouse."""
    for widget in top.findChildren(QWidget):
        if widget.toolTip() and widget.isVisible() and widget.toolTip() not in shown:
            QToolTip.showText(QPoint(1, 1), widget.toolTip(), widget)
            tip_in_sight().grab()
            shown.add(widget.toolTip())


def tip_in_sight() -> QLabel:
    found = [one for one in QApplication.topLevelWidgets() if one.inherits("QTipLabel") and one.isVisible()]
    assert isinstance(found[-1], QLabel)
    return found[-1]


def told_by(top: QWidget) -> int:
    """How many labels, buttons, rows and fields in sight say the text, tags and all."""
    labels = [label.text() for label in top.findChildren(QLabel) if label.isVisible()]
    names = [name_of(button) for button in top.findChildren(QAbstractButton) if button.isVisible()]
    views = [view for view in top.findChildren(QAbstractItemView) if view.isVisible()]
    rows = [said for view in views for _index, said in row_names(view)]
    chosen = [box.currentText() for box in top.findChildren(QComboBox) if box.isVisible()]
    return sum(f"<h1>{MARK}</h1>" in text for text in labels + names + rows + chosen)
