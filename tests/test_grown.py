"""A 27th object breaks only the test of the specification's list."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
GENERAL = (
    "tests/sync/test_first_sync.py",
    "tests/gateway/test_demo_company.py",
    "tests/gui/test_synchro.py::test_that_a_wrong_object_turns_red_with_reason_kept_rows_and_remedy",
    "tests/e2e/test_command_line.py::test_that_only_one_sync_at_a_time_runs_in_a_folder",
)
LISTS = {
    "tests/unit/test_catalogue.py::test_that_sections_and_labels_match_the_specification_in_order",
    "tests/gateway/test_demo_company.py::test_that_it_has_rows_of_every_object",
}


@pytest.mark.timeout(400)
def test_that_a_27th_object_goes_through_the_tests_of_all_objects() -> None:
    command = [sys.executable, "-m", "pytest", "-p", "tests.grown", "-n", "0", "-q", *GENERAL, *sorted(LISTS)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    missed = {line.split()[1] for line in done.stdout.splitlines() if line.startswith(("FAILED", "ERROR"))}
    assert missed == LISTS, done.stdout[-3_000:]
