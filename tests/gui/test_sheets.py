"""Every sheet that no other walk covers fits in both languages and all sizes, and none is forgotten."""

import pkgutil
from collections.abc import Callable, Iterator
from decimal import Decimal
from importlib import import_module

import salesapp.views
from salesapp.models.choices import Choice
from salesapp.services.attachments import Candidate
from salesapp.services.repeating import Difference
from salesapp.views.appointments.leaving import LeaveSheet
from salesapp.views.appointments.plan import CustomersSheet
from salesapp.views.attachments.sheets import AddSheet
from salesapp.views.confirm import ConfirmSheet
from salesapp.views.items.delegates import RowDelegate
from salesapp.views.items.page import ItemsPage
from salesapp.views.items.tree import GroupSheet
from salesapp.views.logon.password import PasswordSheet
from salesapp.views.order.differences import DifferenceSheet
from salesapp.views.order.ending import WarningSheet
from salesapp.views.parts.picking_list import ChoiceSheet
from salesapp.views.parts.sheet import Sheet
from salesapp.views.parts.signature import SignatureSheet
from salesapp.views.parts.zoom import ZoomSheet
from tests.gui.conftest import WindowDriver
from tests.gui.test_states import add_customer, synchronized
from tests.gui.test_widgets import Tour

MET_ELSEWHERE = frozenset(
    {
        "BugSheet",  # test_widgets
        "ChoiceSheet",  # Synchro's: test_widgets
        "GridSheet",  # test_widgets_day, with all that belong to an order
        "GroupsSheet",
        "DetailsSheet",
        "EndSheet",
        "RemoveSheet",  # test_documents
        "LinkSheet",  # test_links
        "LineSheet",
        "PriceSheet",
        "FilesSheet",
        "FileSheet",  # test_attachments
        "CameraSheet",  # test_camera
        "ElementSheet",  # test_appointments, with all that belong to a visit
        "PreviewSheet",
        "ReasonSheet",
        "SlotSheet",
        "DaySheet",
    }
)
CHOICES = [Choice(number, f"Delikatesy Bursztynowe {number}", "Sopot", "12 Mar") for number in range(30)]
LONG = "Przedsiębiorstwo Handlowo-Usługowe Konwalia Sp. z o.o."


def every_sheet() -> set[str]:
    for module in pkgutil.walk_packages(salesapp.views.__path__, "salesapp.views."):
        import_module(module.name)

    def below(kind: type[Sheet]) -> Iterator[type[Sheet]]:
        for found in kind.__subclasses__():
            yield found
            yield from below(found)

    return {kind.__name__ for kind in below(Sheet)} - {"TitledSheet"}


def sheets(driver: WindowDriver, items: ItemsPage) -> dict[str, Callable[[], Sheet]]:
    window, delegate = driver.app.window, items.rows.itemDelegate()
    assert isinstance(delegate, RowDelegate)
    found = [Difference(LONG, "pcs", Decimal("12.50"), Decimal("13.99")), Difference("Oil", "pcs", Decimal(9), None)]
    return {
        "LeaveSheet": lambda: LeaveSheet(window, "Shelf check"),
        "CustomersSheet": lambda: CustomersSheet(
            window, "Customers", "Close", CHOICES, search=lambda _typed: CHOICES, search_words=("Search", "Clear")
        ),
        "a choice": lambda: ChoiceSheet(window, LONG, "Close", CHOICES),
        "AddSheet": lambda: AddSheet(
            window, Candidate("Photo of the shelf 2026-11-25.png", "image/png", bytes(900_000))
        ),
        "GroupSheet": lambda: GroupSheet(window, items.groups, 0),
        "DifferenceSheet": lambda: DifferenceSheet(window, found, [LONG]),
        "WarningSheet": lambda: WarningSheet(
            window, lambda: [f"{LONG}: only 12 pcs in stock", "The credit limit is exceeded"]
        ),
        "PasswordSheet": lambda: PasswordSheet(window),
        "SignatureSheet": lambda: SignatureSheet(window, "23.37 PLN"),
        "ZoomSheet": lambda: ZoomSheet(window, delegate.pictures, "0" * 64, LONG),
    }


def test_that_every_sheet_fits_in_every_state(driver: WindowDriver) -> None:
    async def day() -> None:
        await synchronized(driver)
        driver.tap(driver.tile("items"))
        await driver.until(lambda: not driver.app._tasks)
        items = driver.app.window.page("items")
        assert isinstance(items, ItemsPage)
        tour = Tour(driver)
        made = sheets(driver, items)
        assert every_sheet() - MET_ELSEWHERE - set(made) == {"ConfirmSheet"}, "a sheet that no walk meets"
        for name, make in made.items():
            sheet = make()
            sheet.open()
            await tour.look(name, follows_language=False)  # texts of the test are in one language
            sheet.close_sheet()
            await driver.settle()
        driver.app.window.go_back()
        add_customer(driver)
        await driver.app.device.refresh()
        driver.tap(driver.tile("settings"))
        driver.tap(driver.settings_page.log_out)
        assert isinstance(driver.app.window.open_sheet(), ConfirmSheet)
        await tour.look("log out with unsent work")
        tour.end()

    driver.run(day())
