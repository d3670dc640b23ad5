"""Logging on and out: the page with its suggestions, and the question about records that are not sent yet."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from salesapp.errors import UserFacingError
from salesapp.views import labels, later
from salesapp.views.screens import Screens

if TYPE_CHECKING:
    from salesapp.views.logon.page import LogonPage
    from salesapp.views.logon.password import PasswordSheet


class Logon(QObject):
    """`logged_on`: there is a session, noted in the settings. `offered`: gateway and user of the command line."""

    logged_on = Signal()

    def __init__(self, screens: Screens, offered: tuple[str, str]) -> None:
        super().__init__(screens)
        self.screens, self.window, self.device, self.settings = (
            screens,
            screens.window,
            screens.device,
            screens.settings,
        )
        self._offered = offered

    def page(self) -> "LogonPage":
        page = self.window.page("logon")
        if not isinstance(page, later.LogonPage):
            page = later.LogonPage()
            page.submitted.connect(lambda *what: self.screens.spawn(self._log_on(page, *what)))
            self.window.add_page("logon", page)
        return page

    def show(self) -> None:
        self.page()
        self.window.show_page("logon", root=True)
        self.offer()

    def offer(self) -> None:
        overview = self.device.overview
        url = self._offered[0] or (overview.url if overview else "") or self.settings.gateway
        user = self._offered[1] or (overview.user if overview else "") or self.settings.user
        self.page().offer(url, user, remember=self.settings.remember)

    async def _log_on(self, page: "LogonPage", url: str, user: str, password: str, remember: bool) -> None:
        page.set_busy(busy=True)
        try:
            await self.device.log_on(url, user, password)
        except UserFacingError as error:
            page.show_error(error.code, error.params)
            if error.code == "auth.renamed":
                page.user.edit.setText(error.params["name"])
            return
        finally:
            page.set_busy(busy=False)
        self.settings.gateway = url
        self.settings.user = user
        self.settings.remember = remember
        page.clear_error()
        self.logged_on.emit()

    def ask_log_out(self) -> None:
        waiting = self.device.overview.unsent_total if self.device.overview else 0
        if not waiting:
            self.screens.spawn(self._log_out())
            return
        sheet = later.ConfirmSheet(
            self.window,
            lambda: self.tr("%n records are not sent yet", "", waiting),
            lambda: self.tr(
                "They stay on this device and are here again after the next logon. Another person cannot see them."
            ),
            lambda: self.tr("Log out all the same"),
            lambda: self.tr("Stay logged on"),
        )
        sheet.confirmed.connect(lambda: self.screens.spawn(self._log_out()))
        sheet.open()

    def ask_password(self) -> None:
        """Opens the sheet to change one's password."""
        sheet = later.PasswordSheet(self.window)
        sheet.submitted.connect(lambda *what: self.screens.spawn(self._change_password(sheet, *what)))
        sheet.open()

    async def _change_password(self, sheet: "PasswordSheet", old: str, new: str) -> None:
        problem: UserFacingError | None = None
        try:
            await self.device.change_password(old, new)
        except UserFacingError as error:
            problem = error
        if isValid(sheet):
            sheet.set_busy(busy=False)
            if problem is None:
                sheet.close_sheet()
            else:
                sheet.show_error(problem.code, problem.params)
                return
        self._show_password_result(problem)

    def _show_password_result(self, problem: UserFacingError | None) -> None:
        """Shows in the message bar that the password was changed, or why not if the sheet is already closed."""
        message = self.window.message

        def close() -> str:
            return self.tr("Close")

        if problem is None:
            message.show_message("ok", lambda: self.tr("The password was changed"), "", close)
        else:
            sentences = labels.error(problem.code, problem.params)
            message.show_message("fail", lambda: self.tr("The password was not changed"), sentences.why, close)

    async def _log_out(self) -> None:
        await self.device.log_out()
        self.show()
