"""The tablet that tests of appointments and travel work on."""

from collections.abc import Callable, Iterator

import pytest

from salesapp.store.shelf import Shelf
from tests.conftest import Tablet
from tests.services.visiting import equipped, opened


@pytest.fixture
def rep(make_tablet: Callable[[str], Tablet]) -> Tablet:
    """A representative's, whose catalogue has visits around `visiting.NOW`; not synchronized yet."""
    return equipped(make_tablet)


@pytest.fixture
def shelf(rep: Tablet) -> Iterator[Shelf]:
    """Its files after a sync."""
    with opened(rep) as found:
        yield found
