"""A whole day of a representative, in the real window, without a network; the evening's sync proves what arrived.

Each leg is a process of its own that drives its own window. Two are killed. What gateway and ERP hold in the end
is counted independently, to the grosz.
"""

import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from salesapp.gateway.connectors.base import DeliveredSubmission
from salesapp.gateway.documents import sent_documents
from salesapp.store.keys import make_key_file
from tests.conftest import PASSWORD, GatewayUnderTest
from tests.e2e.day_company import VISITS, day_company, expected_gross
from tests.faulty_line import FaultyLine
from tests.processes import environment
from tests.unit.test_attachments import photo

ROOT = Path(__file__).parents[2]

Line = tuple[str, str, int, int]


def order(customer: str, *lines: Line, **more: Any) -> dict[str, Any]:
    return {"do": "order", "customer": customer, "lines": [list(line) for line in lines]} | more


class Day:
    """The device of the day, and its legs."""

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
        """Up to its last step, whose end is "die"; then there is no more power."""
        process = self._start(list(steps))
        assert process.stdout is not None
        assert process.stderr is not None
        line = process.stdout.readline()
        process.kill()
        told = process.stderr.read()
        process.wait()
        process.stdout.close()
        process.stderr.close()
        assert line == "READY TO DIE\n", told


def tax_number(seed: int) -> str:
    """A NIP whose check digit is right."""
    digits = f"{526_000_000 + seed:09d}"
    check = sum(int(digit) * weight for digit, weight in zip(digits, (6, 5, 7, 2, 3, 4, 5, 6, 7), strict=True)) % 11
    return f"{digits}{check}" if check < 10 else tax_number(seed + 1)


@pytest.mark.timeout(600)
def test_that_a_day_without_a_network_arrives_whole_in_the_evening(gateway: GatewayUnderTest, tmp_path: Path) -> None:
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
    line.budget = line.passed + 3_000  # the line fails in the middle of sending
    day.leg({"do": "try_to_synchronize"})
    line.budget = None
    day.leg({"do": "synchronize"})
    assert len(refused) == 1
    day.leg({"do": "fix", "number": _number(gateway, refused[0]), "item": "D02", "quantity": 7}, {"do": "synchronize"})
    _check(gateway, refused)


ROUND: list[tuple[str, str, list[Line]]] = [
    ("First", "PLN", [("D01", "pcs", 12, 0), ("D02", "pcs", 3, 0)]),
    ("Third", "PLN", [("D01", "pcs", 9, 0), ("D03", "pcs", 40, 0)]),
    ("First", "PLN", [("D04", "box", 2, 0)]),
]
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
    """Three legs; the power goes twice, each time with an order in the making."""
    day.killed_leg(*(order(customer, *lines) for customer, _currency, lines in ROUND), order("First", *TORN, end="die"))
    day.killed_leg(
        {"do": "resume", "lines": [["D02", "pcs", 1, 0]]},
        *(
            order(customer, *lines, currency=currency, photos=photos[number * 3 : number * 3 + 3])
            for number, (customer, currency, lines) in enumerate(ABROAD)
        ),
        order("Third", *LATE, end="die"),
    )
    day.leg(
        {"do": "resume", "lines": [], "photos": photos[9:]},
        *(
            {"do": "new_customer", "name": name, "tax_id": tax_number(seed * 1000), "city": city, "lines": lines}
            for seed, (name, city, lines) in enumerate(NEW)
        ),
        {"do": "copy", "number": "SO-1/"},
        {"do": "visits", "count": VISITS, "rejected": "Visit 5"},
        {"do": "travel", "started": 48_000, "ended": 48_031, "purpose": "Visits in Sopot"},
        {"do": "travel", "started": 48_031, "ended": 48_075, "purpose": "Way home"},
        *(order(customer, *lines, type="sales_quote") for customer, _currency, lines in QUOTES),
    )


def _number(gateway: GatewayUnderTest, submission: str) -> str:
    return next(str(entry.payload["number"]) for entry in gateway.connector.delivered if entry.id == submission)


def _check(gateway: GatewayUnderTest, refused: list[str]) -> None:
    """The ERP has exactly the day's work, each thing once, and amounts as they are counted here."""
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
    mended = [(item, unit, quantity, own) for item, unit, quantity, own in ROUND[1][2]]
    expected = [
        *((name, currency, lines) for name, currency, lines in (ROUND[0], ROUND[2], *ABROAD, *QUOTES)),
        ("Third", "PLN", [*mended, ("D02", "pcs", 7, 0)]),
        ("First", "PLN", [*TORN, ("D02", "pcs", 1, 0)]),
        ("Third", "PLN", LATE),
        ("First", "PLN", ROUND[0][2]),
        *((name, "PLN", lines) for name, _city, lines in NEW),
    ]
    wanted = sorted(
        (name, currency, str(expected_gross(keys.get(name, ""), currency, lines))) for name, currency, lines in expected
    )
    assert sorted((paper["customer_name"], paper["currency"], paper["gross"]) for paper in papers) == wanted
    assert sum(paper["type"] == "sales_quote" for paper in papers) == 2
    assert sorted(entry.payload["name"] for entry in taken if entry.kind == "customer") == sorted(
        name for name, _city, _lines in NEW
    )
    visits = {entry.payload["name"]: entry.payload for entry in taken if entry.kind == "appointment"}
    assert len(visits) == sum(entry.kind == "appointment" for entry in taken) == VISITS
    states = {name: visit["state"] for name, visit in visits.items()}
    assert states == {f"Visit {number}": "completed" for number in range(1, VISITS + 1)} | {"Visit 5": "rejected"}
    assert visits["Visit 5"]["reason"] == "The shop is closed."
    travels = [entry.payload for entry in taken if entry.kind == "travel"]
    assert [(travel["started_km"], travel["ended_km"]) for travel in travels] == [(48_000, 48_031), (48_031, 48_075)]
    files = [entry for entry in taken if entry.kind == "file"]
    assert len({entry.payload["sha256"] for entry in files}) == len(files) == 10
    order_of = {entry.id: place for place, entry in enumerate(taken)}
    for entry in files:
        assert order_of[entry.payload["owner_submission"]] < order_of[entry.id], "a file before its document"
    assert Decimal(0) < sum(Decimal(paper["gross"]) for paper in papers)
