"""Makes processes that tests start like the test: `tests/days.py` puts this on their path.

They live on the day of the test, and have its additional object where it has one (`tests/grown.py`).
"""

import os
import runpy
from datetime import timedelta

from salesapp import clock

clock._ahead = timedelta(seconds=float(os.environ["SALESAPP_TESTS_AHEAD"]))
if "SALESAPP_TESTS_GROWN" in os.environ:
    runpy.run_path(os.environ["SALESAPP_TESTS_GROWN"])
