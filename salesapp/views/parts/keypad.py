"""A number pad for fingers: digits, the decimal sign, and backspace."""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QGridLayout, QLineEdit, QSizePolicy, QWidget

from salesapp.views import formats
from salesapp.views.look.type import font
from salesapp.views.parts.buttons import Button

HEIGHT = 60
POINT, BACK = "point", "back"
_ROWS = (("7", "8", "9"), ("4", "5", "6"), ("1", "2", "3"), (POINT, "0", BACK))
translate = QCoreApplication.translate


class Keypad(QWidget):
    """Types into a field, replacing its selection. A tap on a key leaves the focus where it is."""

    def __init__(self, edit: QLineEdit) -> None:
        super().__init__()
        self._edit = edit
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # a tap on a key must not move the focus from the field
        self.setFocusProxy(edit)
        self.keys: dict[str, Button] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(8)
        for row, names in enumerate(_ROWS):
            for column, name in enumerate(names):
                key = Button("normal", "arrow_left_regular" if name == BACK else "", big=True)
                key.setFixedHeight(HEIGHT)
                key.setFont(font("heading"))
                key.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
                key.setFocusPolicy(Qt.FocusPolicy.TabFocus)
                key.setAutoRepeat(name == BACK)
                key.clicked.connect(lambda _on=False, name=name: self._press(name))
                grid.addWidget(key, row, column)
                self.keys[name] = key
        self.retranslate()

    def retranslate(self) -> None:
        """Shows the decimal sign of the language."""
        for name, key in self.keys.items():
            key.set_texts("" if name == BACK else self._sign if name == POINT else name)
        self.keys[POINT].setAccessibleName(translate("Keypad", "Decimal sign"))
        self.keys[BACK].setAccessibleName(translate("Keypad", "Take the last digit back"))

    @property
    def _sign(self) -> str:
        return "," if formats.language() == "pl" else "."

    def allow_decimals(self, *, are_allowed: bool) -> None:
        self.keys[POINT].setEnabled(are_allowed)

    def _press(self, name: str) -> None:
        if name == BACK:
            self._edit.backspace()
        elif name != POINT:
            self._edit.insert(name)
        elif self._edit.hasSelectedText() or not {".", ","} & set(self._edit.text()):
            self._edit.insert(self._sign)
