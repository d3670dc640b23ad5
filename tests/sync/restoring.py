"""Backups of a gateway and of a tablet, and restoring them."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from salesapp.gateway.tables import record, submission
from salesapp.protocol.records import Address, CustomerRecord
from salesapp.services import customers
from salesapp.sync.run_state import RunState
from salesapp.sync.stopping import StopSignal
from salesapp.sync.values import Stage
from tests.conftest import GatewayUnderTest, Tablet


def copy_stopped(gateway: GatewayUnderTest, target: Path) -> Path:
    """Copies the stopped gateway's folder."""
    gateway.stop()
    gateway.database.close()
    shutil.copytree(gateway.database.folder, target)
    gateway.start()
    return target


def put_back(gateway: GatewayUnderTest, backup: Path) -> None:
    """Replaces the gateway's folder with the backup."""
    gateway.stop()
    gateway.database.close()
    shutil.rmtree(gateway.database.folder)
    shutil.copytree(backup, gateway.database.folder)
    gateway.start()


def sync_cut_at(tablet: Tablet, stage: Stage) -> Any:
    """Runs a sync that is cancelled at a stage; progress does not report every short stage."""
    signals: list[StopSignal] = []
    plain = RunState.__setattr__

    def noticing(run_state: RunState, name: str, value: object) -> None:
        plain(run_state, name, value)
        if name == "stage" and value is stage and signals:
            signals[0].set()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(RunState, "__setattr__", noticing)
        return tablet.sync(stop_when=signals.append)


def new_customer(tablet: Tablet, name: str) -> str:
    """Makes a customer on the tablet; returns its submission."""
    work = tablet.work()
    try:
        return customers.save_customer(work, CustomerRecord(name=name, addresses=[Address(kind="main")]))[1]
    finally:
        work.close()


def in_gateway(gateway: GatewayUnderTest) -> list[Any]:
    with gateway.database.read() as connection:
        return list(connection.execute(select(submission).order_by(submission.c.seq)).all())


def erp_key(gateway: GatewayUnderTest, key: str, id_: int) -> str:
    """Returns the ERP key of a primary key at the gateway."""
    with gateway.database.read() as connection:
        found: str = connection.execute(
            select(record.c.erp_key).where(record.c.object == key, record.c.id == id_)
        ).scalar_one()
    return found


def with_work(tablet: Tablet, do: Callable[..., Any], *args: Any) -> Any:
    work = tablet.work()
    try:
        return do(work, *args)
    finally:
        work.close()
