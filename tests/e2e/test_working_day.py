"""A whole day of a representative, in the real window, without a network; the evening's sync proves what arrived.

Each leg is a process that drives its own window. Two are killed. The final content of gateway and ERP
is calculated independently, to the grosz.
"""

import itertools
import json
import signal
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PIL import ExifTags, Image
from sqlalchemy import select

from salesapp.gateway.connectors.base import DeliveredSubmission
from salesapp.gateway.documents import sent_documents
from salesapp.gateway.tables import submission
from salesapp.gateway.uploads import Uploads
from salesapp.store.keys import make_key_file
from tests.conftest import PASSWORD, GatewayUnderTest
from tests.e2e.day_company import VISITS, Expected, day_company, expected
from tests.faulty_line import FaultyLine
from tests.pictures import photo
from tests.processes import environment

ROOT = Path(__file__).parents[2]

Line = tuple[str, str, int, int]


def order(customer: str, *lines: Line, **more: Any) -> dict[str, Any]:
    return {"do": "order", "customer": customer, "lines": [list(line) for line in lines]} | more


class Day:
    """The device, and the legs of its day."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.root, self.key_file = folder, folder / "device", folder / "device.key"
        make_key_file(self.key_file)
        self.count = 0

    def _start(self, steps: list[dict[str, Any]]) -> subprocess.Popen[str]:
        self.count += 1
        plan = self.folder / f"leg-{self.count}.json"
        plan.write_text(json.dumps({"password": PASSWORD, "steps": steps}))
        command = [sys.executable, "-m", "tests.e2e.day_leg", str(self.root), str(self.key_file), str(plan)]
        return subprocess.Popen(
            command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment()
        )

    def leg(self, *steps: dict[str, Any]) -> None:
        process = self._start(list(steps))
        out, told = process.communicate(timeout=200)
        assert out.endswith("DONE\n"), told

    def killed_leg(self, *steps: dict[str, Any]) -> None:
        """Runs a leg up to its last step, which ends with "die", and kills it."""
        process = self._start(list(steps))
        assert process.stdout is not None
        assert process.stderr is not None
        line = process.stdout.readline()
        process.kill()
        told = process.stderr.read()
        status = process.wait()
        process.stdout.close()
        process.stderr.close()
        assert line == "READY TO DIE\n", told
        assert status == -signal.SIGKILL


def tax_number(seed: int) -> str:
    """A NIP whose check digit is right."""
    digits = f"{526_000_000 + seed:09d}"
    check = sum(int(digit) * weight for digit, weight in zip(digits, (6, 5, 7, 2, 3, 4, 5, 6, 7), strict=True)) % 11
    return f"{digits}{check}" if check < 10 else tax_number(seed + 1)


@pytest.mark.timeout(600)
def test_that_a_day_without_a_network_arrives_complete_in_the_evening(
    gateway: GatewayUnderTest, tmp_path: Path
) -> None:
    gateway.connector.company = day_company()
    gateway.take()
    photos = []
    for number in range(10):
        path = tmp_path / f"photo-{number}.jpg"
        path.write_bytes(photo(200 + number, place=number % 2 == 0))
        photos.append(str(path))
    with FaultyLine(gateway.port) as line:
        _live_through(gateway, line, Day(tmp_path), photos)


def _live_through(gateway: GatewayUnderTest, line: FaultyLine, day: Day, photos: list[str]) -> None:
    day.leg({"do": "log_on", "url": line.url, "user": "rep1"}, {"do": "synchronize"})
    gateway.stop()
    _work_offline(day, photos)
    refused: list[str] = []

    def refuse(submission: DeliveredSubmission) -> bool:
        is_first = submission.kind == "document" and submission.payload["number"].startswith("SO-2/") and not refused
        refused.extend([submission.id] if is_first else [])
        return is_first

    gateway.connector.refuses = refuse
    gateway.start()
    line.budget = line.passed + 3_000  # the connection breaks during sending
    day.leg({"do": "try_to_synchronize"})
    half = len(gateway.connector.delivered)
    assert 0 < half < WHOLE, "some of it arrived"
    line.budget = None
    line.loses = every_ninth()  # and every ninth answer to a record or a piece of a file is lost
    day.leg({"do": "synchronize"})
    line.loses = None
    assert len(refused) == 1
    day.leg(
        {"do": "fix", "number": _number(gateway, refused[0]), "item": "D02", "quantity": 7},
        {"do": "synchronize"},
        {"do": "settled", "documents": 14},
    )
    _check(gateway, refused, photos)


def every_ninth() -> Callable[[bytes], bool]:
    count = itertools.count(1)
    return lambda head: head.startswith((b"PUT ", b"PATCH ")) and next(count) % 9 == 0


WHOLE = 12 + 2 + 3 + 8 + 2 + 10
"""Orders, quotes, new customers, visits, travel entries, photos."""
ROUND: list[tuple[str, str, list[Line]]] = [
    ("First", "PLN", [("D01", "pcs", 12, 0), ("D02", "pcs", 3, 0)]),
    ("Third", "PLN", [("D01", "pcs", 9, 0), ("D03", "pcs", 40, 0)]),
]
VISITED: list[Line] = [("D04", "box", 2, 0)]
"""The order of a visit."""
TORN: list[Line] = [("D01", "pcs", 20, 0), ("D05", "pcs", 2, 10)]
ABROAD: list[tuple[str, str, list[Line]]] = [
    ("Euro customer", "EUR", [("D02", "pcs", 10, 0), ("D01", "box", 1, 0)]),
    ("First", "EUR", [("D06", "pcs", 2, 0)]),
    ("Third", "PLN", [("D06", "pcs", 11, 15), ("D03", "box", 3, 0)]),
]
LATE: list[Line] = [("D02", "pcs", 4, 0)]
NEW: list[tuple[str, str, list[Line]]] = [
    ("Nowy Sklep Łódź", "Łódź", [("D03", "pcs", 100, 0)]),
    ("Delikatesy Zażółć", "Gdynia", [("D01", "pcs", 10, 0), ("D04", "pcs", 1, 0)]),
    ("Bistro Jaźń", "Sopot", [("D06", "pcs", 6, 0)]),
]
QUOTES: list[tuple[str, str, list[Line]]] = [
    ("First", "PLN", [("D04", "pcs", 5, 5)]),
    ("Third", "PLN", [("D05", "box", 1, 0)]),
]


def _work_offline(day: Day, photos: list[str]) -> None:
    """Runs three legs; two are killed, each with an unfinished order."""
    day.killed_leg(*(order(customer, *lines) for customer, _currency, lines in ROUND), order("First", *TORN, end="die"))
    day.killed_leg(
        {"do": "resume", "lines": [["D02", "pcs", 1, 0]]},
        *(
            order(customer, *lines, currency=currency, photos=photos[number * 2 : number * 2 + 2])
            for number, (customer, currency, lines) in enumerate(ABROAD)
        ),
        order("Third", *LATE, end="die"),
    )
    day.leg(
        {"do": "resume", "lines": [], "photos": photos[6:8]},
        *(
            {"do": "new_customer", "name": name, "tax_id": tax_number(seed * 1000), "city": city, "lines": lines}
            for seed, (name, city, lines) in enumerate(NEW)
        ),
        {"do": "copy", "number": "SO-1/"},
        *_visits(photos[8:]),
        {"do": "travel", "started": 48_000, "ended": 48_031, "purpose": "Visits in Sopot"},
        {"do": "travel", "started": 48_031, "ended": 48_075, "purpose": "Way home"},
        *(order(customer, *lines, type="sales_quote") for customer, _currency, lines in QUOTES),
    )


def _visits(photos: list[str]) -> list[dict[str, Any]]:
    """Steps for a complete visit, one that ends early, one that does not take place, and short ones."""
    whole = {"answers": ["yes", "12"], "photos": photos, "lines": [list(line) for line in VISITED], "note": "in April"}
    special: dict[int, dict[str, Any]] = {
        2: whole,
        3: {"reason": "The owner had no time."},
        5: {"end": "reject", "reason": "The shop is closed."},
    }
    return [{"do": "visit", "name": f"Visit {number}"} | special.get(number, {}) for number in range(1, VISITS + 1)]


def _number(gateway: GatewayUnderTest, submission: str) -> str:
    return next(str(entry.payload["number"]) for entry in gateway.connector.delivered if entry.id == submission)


def _check(gateway: GatewayUnderTest, refused: list[str], photos: list[str]) -> None:
    """Checks that the ERP has exactly the day's work, each record once, with the expected amounts."""
    with gateway.database.read() as connection:
        seen = list(sent_documents(connection))
    assert len(seen) == 15, "and the one that was fixed and sent again"
    assert [document for document in seen if document.flags or document.check != "equal"] == [], (
        "priced as on the device"
    )
    assert all(document.sent == document.recomputed for document in seen)
    taken = [entry for entry in gateway.connector.delivered if entry.id not in refused]
    papers = [entry.payload for entry in taken if entry.kind == "document"]
    assert len({paper["number"] for paper in papers}) == len(papers) == 14
    keys = {"First": "C1", "Third": "C3", "Euro customer": "CE"}
    wanted = sorted(
        (name, currency, _amounts(expected(keys.get(name, ""), currency, lines))) for name, currency, lines in _papers()
    )
    assert sorted((paper["customer_name"], paper["currency"], _amounts(_said(paper))) for paper in papers) == wanted
    assert sum(paper["type"] == "sales_quote" for paper in papers) == 2
    assert sorted(entry.payload["name"] for entry in taken if entry.kind == "customer") == sorted(
        name for name, _city, _lines in NEW
    )
    _check_visits(taken)
    travels = [entry.payload for entry in taken if entry.kind == "travel"]
    assert [(travel["started_km"], travel["ended_km"]) for travel in travels] == [(48_000, 48_031), (48_031, 48_075)]
    _check_photos(gateway, taken, photos)
    _check_gateway(gateway, [entry.id for entry in gateway.connector.delivered], refused)


def _papers() -> list[tuple[str, str, list[Line]]]:
    """Customer, currency and lines of each expected document."""
    return [
        ROUND[0],
        ("Third", "PLN", [*ROUND[1][2], ("D02", "pcs", 7, 0)]),  # rejected, fixed, accepted
        ("First", "PLN", [*TORN, ("D02", "pcs", 1, 0)]),
        *ABROAD,
        ("Third", "PLN", LATE),
        *((name, "PLN", lines) for name, _city, lines in NEW),
        ("First", "PLN", ROUND[0][2]),  # the copy
        ("First", "PLN", VISITED),
        *QUOTES,
    ]


def _said(paper: dict[str, Any]) -> Expected:
    lines = tuple(Decimal(line["net"]) for line in paper["lines"])
    return Expected(lines, Decimal(paper["net"]), Decimal(paper["vat"]), Decimal(paper["gross"]))


def _amounts(found: Expected) -> tuple[str, ...]:
    return (*sorted(str(net) for net in found.lines), str(found.net), str(found.vat), str(found.gross))


def _check_visits(taken: list[DeliveredSubmission]) -> None:
    visits = {entry.payload["name"]: entry.payload for entry in taken if entry.kind == "appointment"}
    assert len(visits) == sum(entry.kind == "appointment" for entry in taken) == VISITS
    states = {name: visit["state"] for name, visit in visits.items()}
    assert states == {f"Visit {number}": "completed" for number in range(1, VISITS + 1)} | {"Visit 5": "rejected"}
    assert visits["Visit 5"]["reason"] == "The shop is closed."
    assert visits["Visit 3"]["reason"] == "The owner had no time."
    assert {element["state"] for element in visits["Visit 3"]["elements"]} == {"open"}
    done = {element["kind"]: element for element in visits["Visit 2"]["elements"]}
    assert {element["state"] for element in done.values()} == {"completed"}
    assert done["questionnaire"]["answers"] == {"On the shelf?": "yes", "How many": "12"}
    assert done["note"]["answers"] == {"note": "in April"}
    (order_,) = [entry.payload for entry in taken if entry.payload.get("appointment") == visits["Visit 2"]["record"]]
    assert [line["quantity"] for line in order_["lines"]] == ["2"]


def _check_photos(gateway: GatewayUnderTest, taken: list[DeliveredSubmission], photos: list[str]) -> None:
    """Checks ten pictures, each once, unchanged except for the removed location."""
    files = [entry for entry in taken if entry.kind == "file"]
    assert len({entry.payload["sha256"] for entry in files}) == len(files) == len(photos) == 10
    order_of = {entry.id: place for place, entry in enumerate(taken)}
    uploads = Uploads.of(gateway.database.folder, "rep1")
    seen = set()
    for entry in files:
        owner = entry.payload.get("owner_submission")
        assert not owner or order_of[owner] < order_of[entry.id], "a file before its document"
        with Image.open(uploads.path(entry.payload["sha256"])) as image:
            assert ExifTags.IFD.GPSInfo not in image.getexif()
            seen.add(image.width)
    assert seen == {200 + number for number in range(len(photos))}, "the ten that were taken"
    assert sum(entry.payload["owner_kind"] == "appointment" for entry in files) == 2


def _check_gateway(gateway: GatewayUnderTest, delivered: list[str], refused: list[str]) -> None:
    """Checks that the gateway has exactly these, and delivered each once."""
    with gateway.database.read() as connection:
        held = dict(connection.execute(select(submission.c.id, submission.c.state)).all())
    assert len(delivered) == len(set(delivered)) == WHOLE + 1
    assert held == dict.fromkeys(delivered, "in_erp") | dict.fromkeys(refused, "rejected")
