"""Classes that the first frame does not need, imported on first use: `later.SettingsPage(...)`.

mypy sees plain imports here. At run time `__getattr__` imports the module of a name.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from salesapp.views.confirm import BugSheet, ConfirmSheet
    from salesapp.views.logon.page import LogonPage
    from salesapp.views.logon.password import PasswordSheet
    from salesapp.views.parts.focus_ring import FocusRing
    from salesapp.views.parts.sheet import Sheet
    from salesapp.views.parts.states import MessageBar
    from salesapp.views.scanning import Scanning
    from salesapp.views.settings.page import SettingsPage
    from salesapp.views.synchro.choice import ChoiceSheet
    from salesapp.views.synchro.page import SyncPage

_MODULES = {
    "BugSheet": "confirm",
    "ChoiceSheet": "synchro.choice",
    "ConfirmSheet": "confirm",
    "FocusRing": "parts.focus_ring",
    "LogonPage": "logon.page",
    "MessageBar": "parts.states",
    "PasswordSheet": "logon.password",
    "Scanning": "scanning",
    "SettingsPage": "settings.page",
    "Sheet": "parts.sheet",
    "SyncPage": "synchro.page",
}

__all__ = [
    "BugSheet",
    "ChoiceSheet",
    "ConfirmSheet",
    "FocusRing",
    "LogonPage",
    "MessageBar",
    "PasswordSheet",
    "Scanning",
    "SettingsPage",
    "Sheet",
    "SyncPage",
]


if not TYPE_CHECKING:

    def __getattr__(name: str) -> type:
        if name not in _MODULES:
            raise AttributeError(name)
        return getattr(import_module(f"salesapp.views.{_MODULES[name]}"), name)
