"""Sets the clock of processes that tests start to the day of the test: `tests/days.py` puts it on their path."""

import os
from datetime import timedelta

from salesapp import clock

clock._ahead = timedelta(seconds=float(os.environ["SALESAPP_TESTS_AHEAD"]))
