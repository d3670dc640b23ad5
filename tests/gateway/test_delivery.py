"""The worker that delivers submissions to the ERP: a sync waits for its own submissions only."""

import threading

import pytest

from salesapp.gateway import delivery
from salesapp.gateway.delivery import DeliveryWorker
from tests.conftest import GatewayUnderTest


class Interrupted(threading.Event):
    """An event during which a submission arrives just after the worker has found none."""

    def __init__(self) -> None:
        super().__init__()
        self.worker: DeliveryWorker | None = None
        self.kicking: threading.Thread | None = None

    def is_set(self) -> bool:
        found = super().is_set()
        if self.worker is not None and not found:
            worker, self.worker = self.worker, None
            self.kicking = threading.Thread(target=worker.kick)
            self.kicking.start()
            self.kicking.join(0.2)
        return found


def test_that_a_sync_waits_for_a_submission_that_arrives_at_the_end_of_a_round(
    gateway: GatewayUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker = DeliveryWorker(gateway.database, gateway.catalogue, gateway.connector)
    event = worker._kicked = Interrupted()
    goes_on, entered = threading.Semaphore(0), threading.Event()

    def hand_over(*_arguments: object) -> int:
        entered.set()
        goes_on.acquire()
        return 0

    monkeypatch.setattr(delivery, "deliver_pending", hand_over)
    event.worker = worker
    worker.start()
    assert entered.wait(5)
    entered.clear()
    goes_on.release()
    assert entered.wait(5), "the round of the submission has begun"
    waiting = threading.Thread(target=worker.wait_until_idle, args=(5.0,))
    waiting.start()
    waiting.join(0.3)
    assert waiting.is_alive(), "it has not ended"
    goes_on.release()
    waiting.join(5)
    assert not waiting.is_alive()
    worker.stop()
