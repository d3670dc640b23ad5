"""The window is killed in the middle of a word or a number: all typed characters are in the draft.

`python -m tests.e2e.test_typing_survives ROOT KEY_FILE WHAT` is the process that types, and is killed.
"""

import asyncio
import os
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
import qasync
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from salesapp.app import App
from salesapp.domain.documents import Cart
from salesapp.models.sync_runner import Tablet as TabletOfWindow
from salesapp.protocol.records import Document
from salesapp.services import ordering
from salesapp.store import records
from salesapp.store.account_stores import AccountStores
from salesapp.store.catalog_reader import CatalogReader
from salesapp.store.folders import AccountFolder
from salesapp.views.order.details import DetailsSheet
from salesapp.views.order.line_sheet import LineSheet
from salesapp.views.order.page import OrderPage
from salesapp.views.requests import NewOrder
from tests.conftest import Tablet
from tests.processes import environment
from tests.services.account_stores import key_of

ROOT = Path(__file__).parents[2]
BETWEEN_KEYS_S = 0.08
"""The interval of a quick typist."""
WORDS = "Ramp at the yard, ring for Lucy"
NUMBER = "123456"
PERCENT = "1.25"
HEADER = frozenset({"words", "discount"})


async def until(what: Callable[[], object]) -> None:
    async with asyncio.timeout(40):
        while not what():  # there is no event for what is visible
            await asyncio.sleep(0.01)


async def type_into(app: App, widget: QWidget, text: str) -> None:
    """Types key by key; reports each one when the next is due and the window is idle."""
    typed = ""
    for letter in text:
        QTest.keyClicks(widget, letter)
        typed += letter
        await asyncio.sleep(BETWEEN_KEYS_S)
        await until(lambda: not app._tasks)
        sys.stdout.write(f"{typed}\n")
        sys.stdout.flush()
    await asyncio.sleep(600)


async def drive(app: App, what: str) -> None:
    app.start()
    app.window.activateWindow()
    await until(lambda: app.window.isActiveWindow() and not app._tasks)
    customer = key_of(app.workplace.stores, "customers.customers", "C1")
    app.screens.open(NewOrder(customer))
    await until(lambda: app.window.current == "order" and not app._tasks)
    page = app.window.page("order")
    assert isinstance(page, OrderPage)
    if what == "list":
        page.list.setFocus()
        page.list.setCurrentIndex(page.items.index(0, 0))
        await type_into(app, page.list, NUMBER)
    if what.startswith("line"):
        page.order.set_quantity(page.items.row(0).item, page.items.row(0).unit, Decimal(1))
        await until(lambda: not app._tasks)
    page.details.click() if what in HEADER else page.item_requested.emit(page.items.row(0).item)
    await until(lambda: isinstance(app.window.open_sheet(), DetailsSheet | LineSheet) and not app._tasks)
    sheet = app.window.open_sheet()
    if isinstance(sheet, DetailsSheet):
        fields = {"words": (sheet.description, WORDS), "discount": (sheet.discount.edit, PERCENT)}
        await type_into(app, *fields[what])
    elif isinstance(sheet, LineSheet):
        of_line = {
            "number": (sheet.quantity.edit, NUMBER),
            "line words": (sheet.description.edit, WORDS),
            "line discount": (sheet.discount.edit, PERCENT),
        }
        await type_into(app, *of_line[what])


def main() -> None:
    root, key_file, what = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
    application = QApplication([])
    loop = qasync.QEventLoop(application)
    asyncio.set_event_loop(loop)
    app = App(application, TabletOfWindow(root, key_file))
    QTimer.singleShot(60_000, application.quit)
    loop.run_until_complete(drive(app, what))


def typed_before_the_kill(tablet: Tablet, what: str, keys: int) -> str:
    """Starts the window, lets it type `keys` keys, and kills it at once."""
    command = [sys.executable, "-m", "tests.e2e.test_typing_survives", str(tablet.root), str(tablet.key_file), what]
    process = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(), text=True
    )
    assert process.stdout is not None
    assert process.stderr is not None
    told = [process.stdout.readline() for _key in range(keys)]
    process.kill()
    errors = process.stderr.read()
    process.wait()
    process.stdout.close()
    process.stderr.close()
    assert told[-1].endswith("\n"), errors
    return told[-1].rstrip("\n")


def draft_of(account: AccountFolder, tablet: Tablet) -> Cart:
    """Returns the cart of the only draft."""
    work, catalog = tablet.work(), CatalogReader(account.catalog_path, tablet.key)
    try:
        with work.read() as connection:
            (draft,) = records.find_all(connection, Document)
        assert draft.state == "draft"
        return ordering.resume(AccountStores(account, catalog, work), draft.id)
    finally:
        catalog.close()
        work.close()


@pytest.mark.parametrize(
    ("what", "keys"),
    [("words", 15), ("number", 4), ("list", 3), ("discount", 3), ("line words", 9), ("line discount", 4)],
)
def test_that_every_keystroke_survives_a_kill(make_tablet: Callable[[str], Tablet], what: str, keys: int) -> None:
    tablet = make_tablet("rep1")
    assert tablet.sync().outcome == "ok"
    typed = typed_before_the_kill(tablet, what, keys)
    assert len(typed) == keys
    cart = draft_of(tablet.account, tablet)
    found = {
        "words": lambda: cart.description,
        "discount": lambda: str(cart.discount_percent),
        "line words": lambda: cart.lines[0].description,
        "line discount": lambda: str(cart.lines[0].discount_percent),
    }.get(what, lambda: str(cart.lines[0].quantity))()
    assert found.startswith(typed.rstrip())
    assert len(found) <= (keys + 1 if what.endswith("words") else len(NUMBER))
    assert len(cart.lines) == (0 if what in HEADER else 1)


if __name__ == "__main__":
    main()
