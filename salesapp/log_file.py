"""The log's file, which goes on where it cannot be rotated. Imported late: `logging.handlers` takes time to import."""

import time
from logging import LogRecord
from logging.handlers import RotatingFileHandler

_NOT_AGAIN_S = 60.0


class PatientHandler(RotatingFileHandler):
    """Grows beyond its size while another process holds a file (Windows); tries to rotate again a minute later."""

    _not_before = 0.0

    def shouldRollover(self, record: LogRecord) -> bool:  # logging's name
        return time.monotonic() >= self._not_before and bool(super().shouldRollover(record))

    def doRollover(self) -> None:  # logging's name
        try:
            super().doRollover()
        except OSError:
            self._not_before = time.monotonic() + _NOT_AGAIN_S
