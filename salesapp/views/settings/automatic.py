"""The rows of the settings about syncs that nobody asks for: how often, in which hours, and after what."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from salesapp.settings import HOURS, Settings
from salesapp.views import formats
from salesapp.views.labels import translate
from salesapp.views.parts.choice import Choice
from salesapp.views.parts.fields import Segmented, Switch
from salesapp.views.settings.rows import SettingRow

HOUR_WIDTH = 136
SWITCHES = ("sync_on_network", "sync_after_confirming")


class HoursField(QWidget):
    """From and to, by the half hour. `changed` carries the setting's key and its value."""

    changed = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        self.fields = {"work_from": Choice(), "work_to": Choice()}
        for key, field in self.fields.items():
            field.setFixedWidth(HOUR_WIDTH)
            field.activated.connect(lambda _row, key=key, field=field: self.changed.emit(key, field.currentData()))
            row.addWidget(field)

    def show_hours(self, settings: Settings) -> None:
        for key, field in self.fields.items():
            field.offer([(hour, hour) for hour in HOURS], settings[key])

    def set_texts(self, start: str, end: str) -> None:
        self.fields["work_from"].setAccessibleName(start)
        self.fields["work_to"].setAccessibleName(end)


class AutomaticRows(QObject):
    """The four rows, in the order of `rows`. `changed` carries key and value."""

    changed = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.every = Segmented(("off", "15", "30", "60"))
        self.hours = HoursField()
        self.switches = {key: Switch() for key in SWITCHES}
        self.every_row, self.hours_row = SettingRow(self.every), SettingRow(self.hours)
        self.switch_rows = {key: SettingRow(switch) for key, switch in self.switches.items()}
        self.every.chosen.connect(lambda value: self.changed.emit("auto_sync", value))
        self.hours.changed.connect(self.changed)
        for key, switch in self.switches.items():
            switch.clicked.connect(lambda is_on, key=key: self.changed.emit(key, "on" if is_on else "off"))

    @property
    def rows(self) -> tuple[SettingRow, ...]:
        return (self.every_row, self.hours_row, *self.switch_rows.values())

    def show(self, settings: Settings) -> None:
        """What is set, in the language of the window."""
        off = translate("Settings", "Off")
        choices = {"off": off} | {minutes: words_of_minutes(minutes) for minutes in ("15", "30", "60")}
        name = translate("Settings", "Automatic synchronization")
        self.every.set_texts(choices, name)
        self.every.choose(settings["auto_sync"])
        self.every_row.set_texts(name, translate("Settings", "In working hours, behind what you do"))
        self._show_hours(settings)
        texts = {
            "sync_on_network": (
                translate("Settings", "When the network returns"),
                translate("Settings", "After the gateway could not be reached; in working hours"),
            ),
            "sync_after_confirming": (
                translate("Settings", "After confirming"),
                translate("Settings", "Sends an order or a visit at once when there is a network"),
            ),
        }
        for key, (label, about) in texts.items():
            self.switch_rows[key].set_texts(label, about)
            self.switches[key].setAccessibleName(label)
            self.switches[key].setChecked(settings.is_on(key))

    def _show_hours(self, settings: Settings) -> None:
        self.hours.show_hours(settings)
        label = translate("Settings", "Working hours")
        self.hours_row.set_texts(label, translate("Settings", "Local time; outside them only what you ask for"))
        self.hours.set_texts(translate("Settings", "Working hours from"), translate("Settings", "Working hours until"))
        self.hours.setEnabled(settings["auto_sync"] != "off" or settings.is_on("sync_on_network"))


def words_of_minutes(minutes: str) -> str:
    return f"{minutes}{formats.FIXED}min"


def summary(settings: Settings) -> str:
    """In a few words: how often."""
    minutes = settings["auto_sync"]
    if minutes != "off":
        every = translate("Settings", "automatically every {minutes}")
        return every.format(minutes=words_of_minutes(minutes))
    if any(settings.is_on(key) for key in SWITCHES):
        return translate("Settings", "automatically at times")
    return translate("Settings", "only when asked")
