"""The log file, which keeps growing while it cannot rotate. Imported late: `logging.handlers` is slow to import."""

import time
from logging import LogRecord
from logging.handlers import RotatingFileHandler

_NOT_AGAIN_S = 60.0


class PatientHandler(RotatingFileHandler):
    """Exceeds its size while another process holds a file (Windows); retries the rotation after a minute."""

    _not_before = 0.0

    def shouldRollover(self, record: LogRecord) -> bool:  # logging's name
        return time.monotonic() >= self._not_before and bool(super().shouldRollover(record))

    def doRollover(self) -> None:  # logging's name
        try:
            super().doRollover()
        except OSError:
            self._not_before = time.monotonic() + _NOT_AGAIN_S
