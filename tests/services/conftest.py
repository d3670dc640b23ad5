"""The tablet that tests of appointments and travel work on."""

from collections.abc import Callable, Iterator

import pytest

from salesapp.store.account_stores import AccountStores
from tests.conftest import Tablet
from tests.services.visiting import equipped, opened


@pytest.fixture
def rep(make_tablet: Callable[[str], Tablet]) -> Tablet:
    """A representative's tablet for visits around `visiting.NOW`, not synchronized yet."""
    return equipped(make_tablet)


@pytest.fixture
def stores(rep: Tablet) -> Iterator[AccountStores]:
    """Opens its files after a sync."""
    with opened(rep) as found:
        yield found
