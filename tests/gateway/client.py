"""The device's side of HTTP, without an engine, with requests as raw as a test needs."""

import http.client
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import select

from salesapp.clock import timestamp
from salesapp.errors import ERRORS
from salesapp.gateway.database import Database, metadata
from salesapp.gateway.tables import record
from salesapp.protocol.messages import PROTOCOL
from salesapp.protocol.paths import MARK_HEADER
from tests.conftest import PASSWORD, GatewayUnderTest

JSON = {"Content-Type": "application/json"}


@dataclass(frozen=True)
class Answer:
    """A whole answer."""

    status: int
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def code(self) -> str:
        """Returns the code of a problem, after checking its form."""
        assert self.status >= 400, self
        assert MARK_HEADER.lower() in self.headers, self
        assert self.headers["content-type"] == "application/json", self
        problem = self.json()
        assert set(problem) <= {"code", "params"}, problem
        assert problem["code"] in ERRORS, problem
        assert all(isinstance(value, str) for value in problem.get("params", {}).values()), problem
        assert b"Traceback" not in self.body
        return str(problem["code"])


@dataclass
class Device:
    """Sends requests, with a token if it has one."""

    port: int
    token: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    def send(
        self, method: str, path: str, body: bytes | Any = b"", headers: Mapping[str, str | bytes] | None = None
    ) -> Answer:
        """Sends a request; a body other than bytes is sent as JSON, the path unchanged."""
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        sent: dict[str, str | bytes] = {**JSON, "Content-Length": str(len(content)), **self.headers}
        if self.token:
            sent["Authorization"] = f"Bearer {self.token}"
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.putrequest(method, path, skip_accept_encoding=True)
            for name, value in (sent | dict(headers or {})).items():
                connection.putheader(name, value)
            connection.endheaders(content)
            response = connection.getresponse()
            found = {name.lower(): value for name, value in response.getheaders()}
            return Answer(response.status, found, response.read())
        finally:
            connection.close()

    def log_on(self, user: str, password: str = PASSWORD, device: str = "a device") -> Answer:
        answer = self.send("POST", "/v1/logon", {"user": user, "password": password, "device": device})
        if answer.status == 200:
            self.token = answer.json()["token"]
        return answer

    def manifest(self, **values: Any) -> Answer:
        return self.send("POST", "/v1/manifest", {"protocol": PROTOCOL, **values})


def device_of(gateway: GatewayUnderTest, user: str = "office", device: str = "") -> Device:
    """A device that has logged on."""
    made = Device(gateway.port)
    assert made.log_on(user, device=device or f"device of {user}").status == 200
    return made


def key_of(database: Database, object_key: str, erp_key: str) -> int:
    """The primary key of a row."""
    with database.read() as connection:
        return int(
            connection.execute(
                select(record.c.id).where(record.c.object == object_key, record.c.erp_key == erp_key)
            ).scalar_one()
        )


ORDER_LINE = {
    "line": "1",
    "quantity": "2",
    "unit_price": "10.00",
    "net": "20.00",
    "vat": "4.60",
    "gross": "24.60",
}
"""A line without item and unit."""


def order(database: Database, **changes: Any) -> dict[str, Any]:
    """Returns the payload of a valid sales order of the small company."""
    if "lines" not in changes:
        item, unit = key_of(database, "items.forms", "I1"), key_of(database, "directories.units", "PCS")
        changes["lines"] = [ORDER_LINE | {"item": item, "unit": unit}]
    if "customer" not in changes:
        changes["customer"] = key_of(database, "customers.customers", "C1")
    return {
        "type": "sales_order",
        "number": "SO-1/03/26/OFFICE",
        "issued_on": "2026-03-02",
        "currency": "PLN",
        "net": "20.00",
        "vat": "4.60",
        "gross": "24.60",
    } | changes


def submission(kind: str, payload: dict[str, Any]) -> dict[str, Any]:
    return {"kind": kind, "payload": payload, "created_at": timestamp()}


def new_customer(name: str = "Nowy sklep") -> dict[str, Any]:
    return submission("customer", {"name": name, "addresses": [{"kind": "main", "city": "Łódź"}]})


def stored(database: Database, *, but: tuple[str, ...] = ("audit",)) -> dict[str, list[Any]]:
    """Returns the content of the gateway's tables, and the names of the files in its folder."""
    with database.read() as connection:
        found: dict[str, list[Any]] = {
            table.name: sorted(map(repr, connection.execute(select(table))))
            for table in metadata.sorted_tables
            if table.name not in but
        }
    folder: Path = database.folder
    found["files"] = sorted(
        (path.relative_to(folder).as_posix(), path.stat().st_size)
        for path in folder.rglob("*")
        if path.is_file() and not path.name.startswith("gateway.db")
    )
    return found
