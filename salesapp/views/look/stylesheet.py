"""The style sheet: a template filled from the tokens. Widgets and delegates paint what it cannot style."""

from collections.abc import Mapping
from string import Template

_TEMPLATE = Template(
    """
QToolTip { background: $raised; color: $text; border: 1px solid $border; padding: 6px; }
QFrame[card="true"] { background: $surface; border: 1px solid $border; border-radius: 12px; }
QFrame[sunken="true"] { background: $canvas; border: 1px solid $border; border-radius: 12px; }
QFrame[bar="foot"] { background: $surface; border: none; border-top: 1px solid $border; }
QFrame[line="true"] { background: $border; border: none; }
QLabel { background: transparent; }
QLabel[token="text2"] { color: $text2; }
QLabel[token="text3"] { color: $text3; }
QLabel[token="accent"] { color: $accent; }
QLabel[token="ok"] { color: $ok; }
QLabel[token="wait"] { color: $wait; }
QLabel[token="fail"] { color: $fail; }
QLabel[token="on_brand"] { color: $on_brand; }

QPushButton { border-radius: 8px; padding: 0 20px; min-height: 46px; }
QPushButton[big="true"] { min-height: 54px; padding: 0 28px; }
QPushButton[kind="normal"] { background: $surface; border: 1px solid $control; color: $text; }
QPushButton[kind="normal"]:hover { border-color: $text2; }
QPushButton[kind="normal"]:pressed { background: $sunken; }
QPushButton[kind="primary"] { background: $accent; border: 1px solid $accent; color: $on_accent; }
QPushButton[kind="primary"]:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton[kind="primary"]:pressed { background: $accent_pressed; border-color: $accent_pressed; }
QPushButton[kind="quiet"] { background: transparent; border: 1px solid transparent; color: $accent; }
QPushButton[kind="quiet"]:hover { color: $accent_hover; }
QPushButton[kind="quiet"]:pressed { background: $accent_soft; }
QPushButton:disabled { background: $sunken; border: 1px solid $border; color: $text3; }
QPushButton[bare="true"] { padding: 0 11px; }
QPushButton[kind="nav"] { background: transparent; border: none; padding: 0; min-height: 48px; min-width: 48px; }
QPushButton[kind="nav"]:pressed { background: $accent_soft; }
QPushButton[kind="chip"] { background: $surface; border: 1px solid $border; color: $text2; padding: 0 12px; }
QPushButton[kind="chip"]:pressed { background: $sunken; }
QPushButton[kind="chip"][problem="true"] { color: $fail; border-color: $fail; }
QPushButton[kind="filter"] { background: $surface; border: 1px solid $control; color: $text; min-height: 42px;
  padding: 0 14px; }
QPushButton[kind="filter"][problem="true"] { color: $fail; border-color: $fail; }
QPushButton[kind="filter"]:checked { background: $accent_soft; border-color: $accent; color: $accent; }

QLineEdit { background: transparent; border: none; color: $text; selection-background-color: $accent;
  selection-color: $on_accent; padding: 0; }
QFrame[field="true"] { background: $surface; border: 1px solid $control; border-radius: 8px; }
QFrame[field="true"][focused="true"] { border: 2px solid $accent; }
QFrame[field="true"][wrong="true"] { border: 2px solid $fail; }
QFrame[field="true"][off="true"] { background: $sunken; border-color: $border; }

QComboBox, QDateEdit { background: $surface; border: 1px solid $control; border-radius: 8px; color: $text;
  padding: 0 14px; selection-background-color: $accent_soft; selection-color: $text; }
QComboBox:focus, QDateEdit:focus { border: 2px solid $accent; padding: 0 13px; }
QDateEdit { padding: 0 14px 0 12px; }
QDateEdit:focus { padding: 0 13px 0 11px; }
QComboBox:disabled, QDateEdit:disabled { background: $sunken; border-color: $border;
  color: $text3; }
QComboBox::drop-down, QDateEdit::drop-down { border: none; width: 44px; }
QComboBox::down-arrow, QDateEdit::down-arrow { image: none; }
QComboBox QAbstractItemView { background: $raised; border: 1px solid $border; color: $text; padding: 4px;
  selection-background-color: $accent_soft; selection-color: $text; }
QComboBox QAbstractItemView::item { min-height: 44px; }

QCheckBox { spacing: 12px; min-height: 48px; }
QPlainTextEdit { background: $surface; border: 1px solid $control; border-radius: 8px; color: $text; padding: 8px;
  selection-background-color: $accent; selection-color: $on_accent; }
QPlainTextEdit:focus { border: 2px solid $accent; padding: 7px; }

QScrollArea, QScrollArea > QWidget > QWidget#scrolled { background: transparent; border: none; }
QAbstractItemView { background: $surface; border: none; outline: none; }
QScrollBar:vertical { background: transparent; width: 8px; margin: 0; }
QScrollBar::handle:vertical { background: $control; border-radius: 4px; min-height: 48px; }
QScrollBar:horizontal { background: transparent; height: 8px; margin: 0; }
QScrollBar::handle:horizontal { background: $control; border-radius: 4px; min-width: 48px; }
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page { background: none; border: none;
  height: 0; width: 0; }
"""
)


def stylesheet(colours: Mapping[str, str]) -> str:
    """Returns the style sheet in these colours (token -> "#RRGGBB")."""
    return _TEMPLATE.substitute(colours)
