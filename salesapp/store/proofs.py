"""What this device saw last of its gateway: by this proof a gateway notices that it was restored from a backup.

Kept in work.db, because the catalogue can be lost while the sent records are not.
"""

from sqlalchemy import Connection, select

from salesapp.protocol.messages import Seen
from salesapp.store.tables import ACCEPTED, flag, outbox
from salesapp.store.work import WorkStore

_HISTORY, _CHECKPOINT, _RECEIPT = "seen_history", "seen_checkpoint", "seen_receipt"


class Proofs:
    """The proofs of one work.db."""

    def __init__(self, work: WorkStore) -> None:
        self._work = work

    def newest(self) -> Seen:
        """Returns the gateway's history, its newest checkpoint, and the record that it received last.

        That record comes twice: as the last one, and as the last that the ERP did not refuse.
        """
        with self._work.read() as connection:
            kept: dict[str, str] = dict(connection.execute(select(flag.c.name, flag.c.value)).all())
            noted = kept.get(_RECEIPT, "")
            accepted = select(outbox.c.id).where(outbox.c.state.in_(ACCEPTED))
            newest = accepted.order_by((outbox.c.id == noted).desc(), outbox.c.sent_at.desc(), outbox.c.seq.desc())
            found: str | None = connection.execute(newest.limit(1)).scalar()
        return Seen(
            history=kept.get(_HISTORY, ""), checkpoint=kept.get(_CHECKPOINT, ""), submission=found or "", last=noted
        )

    def keep_checkpoint(self, history: str, checkpoint: str) -> None:
        """Notes a published checkpoint. An empty `history` keeps the known one."""
        with self._work.write() as connection:
            if history:
                _keep(connection, _HISTORY, history)
            _keep(connection, _CHECKPOINT, checkpoint)

    def enter(self, history: str) -> None:
        """Notes a new history, once everything that the gateway lacks is due again; its checkpoints start over."""
        self.keep_checkpoint(history, "")


def keep_receipt(connection: Connection, submission: str) -> None:
    """Notes the record that the gateway received last."""
    _keep(connection, _RECEIPT, submission)


def _keep(connection: Connection, name: str, value: str) -> None:
    connection.exec_driver_sql("INSERT OR REPLACE INTO flag (name, value) VALUES (?, ?)", (name, value))
