"""Runs tests with one more object in the catalogue: `scripts/test -p tests.grown PATHS`."""

import os
import runpy
from pathlib import Path

GROWN = "SALESAPP_TESTS_GROWN"
_OBJECT = Path(__file__).with_name("other_day") / "one_more_object.py"

os.environ[GROWN] = str(_OBJECT)
runpy.run_path(str(_OBJECT))
