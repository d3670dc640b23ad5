"""The rows of the declared settings, each with a switch, segments or a list, depending on the setting's type."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from salesapp.settings import OnOff, Row, Setting, Settings
from salesapp.views.labels import translate
from salesapp.views.parts.choice import Choice
from salesapp.views.parts.fields import Segmented, Switch
from salesapp.views.settings.rows import SettingRow

LIST_WIDTH = 136
MOST_SEGMENTS = 5
"""With more choices, a list is shown."""


class SettingControls(QObject):
    """The rows of all settings that have one. `changed` carries the setting and the chosen text."""

    changed = Signal(object, str)

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._settings = settings
        self._shown = [setting for setting in settings.declared().values() if setting.row is not None]
        self.controls = {setting: self._control(setting) for setting in self._shown}
        of_row: dict[Row, list[QWidget]] = {}
        for setting, control in self.controls.items():
            if setting.row is not None:
                of_row.setdefault(setting.row, []).append(control)
        self.rows = {row: SettingRow(_side_by_side(controls)) for row, controls in of_row.items()}

    def of(self, section: str) -> list[SettingRow]:
        """Returns the rows of a section of the page, in declaration order."""
        return [widget for row, widget in self.rows.items() if row.section == section]

    def show(self) -> None:
        """Shows the current values in the window's language."""
        for row, widget in self.rows.items():
            widget.set_texts(translate("Settings", row.label), translate("Settings", row.about))
        for setting, control in self.controls.items():
            _show(control, setting, self._settings.text(setting))
            control.setEnabled(setting.row is None or setting.row.is_enabled(self._settings))

    def _control(self, setting: Setting) -> QWidget:
        choices = tuple(setting.choices or ())
        if isinstance(setting, OnOff):
            switch = Switch()
            switch.clicked.connect(lambda is_on: self.changed.emit(setting, "on" if is_on else "off"))
            return switch
        if len(choices) <= MOST_SEGMENTS:
            segments = Segmented(choices)
            segments.chosen.connect(lambda text: self.changed.emit(setting, text))
            return segments
        field = Choice()
        field.setFixedWidth(LIST_WIDTH)
        field.activated.connect(lambda _row: self.changed.emit(setting, field.currentData()))
        return field


def choice_label(setting: Setting, text: str) -> str:
    """Returns the label of a setting's choice in the window's language."""
    label = (setting.choices or {}).get(text, "")
    return translate("Settings", label) if label else text


def _show(control: QWidget, setting: Setting, text: str) -> None:
    name = translate("Settings", setting.label)
    labels = {choice: choice_label(setting, choice) for choice in setting.choices or ()}
    match control:
        case Switch():
            control.setAccessibleName(name)
            control.setChecked(text == "on")
        case Segmented():
            control.set_texts(labels, name)
            control.choose(text)
        case Choice():
            control.setAccessibleName(name)
            control.offer(list(labels.items()), text)


def _side_by_side(controls: Sequence[QWidget]) -> QWidget:
    if len(controls) == 1:
        return controls[0]
    several = QWidget()
    row = QHBoxLayout(several)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(12)
    for control in controls:
        row.addWidget(control)
    return several


def sync_summary(settings: Settings) -> str:
    """Returns a short text on when syncs start automatically."""
    if settings.auto_sync is not None:
        every = translate("Settings", "automatically every {minutes}")
        return every.format(minutes=choice_label(Settings.auto_sync, settings.text(Settings.auto_sync)))
    if settings.sync_on_network or settings.sync_after_confirming:
        return translate("Settings", "automatically at times")
    return translate("Settings", "only when asked")
