"""Session tokens: in the operating system's keyring, or in work.db if a key file is used."""

import logging
import re
import secrets

import keyring
from keyring.errors import KeyringError
from sqlalchemy import delete, select

from salesapp.protocol.bounds import TOKEN_PATTERN
from salesapp.store.keys import SERVICE
from salesapp.store.tables import token as token_table
from salesapp.store.work import WorkStore

log = logging.getLogger(__name__)

TOKEN = re.compile(TOKEN_PATTERN)
_SERIES = "series"
_RESTORES = "restores"
_LETTERS = "BCDFGHJKLMNPQRSTVWXZ"
"""No vowels, which would make words."""
_TAIL = 4


class TokenStore:
    """The tokens of one account. Each goes only to the address it came from."""

    def __init__(self, work: WorkStore, *, uses_keyring: bool) -> None:
        self._work = work
        self._uses_keyring = uses_keyring

    def get(self, url: str) -> str | None:
        """Returns the token of an address; None if what is kept is invalid, so that the next run logs on again."""
        found = self._kept(url)
        return found if found and TOKEN.fullmatch(found) else None

    def _kept(self, url: str) -> str | None:
        if self._uses_keyring:
            try:
                return keyring.get_password(SERVICE, self._name(url))
            except KeyringError:
                return None
        with self._work.read() as connection:
            found: str | None = connection.execute(select(token_table.c.token).where(token_table.c.url == url)).scalar()
        return found

    def put(self, url: str, token: str, series: str) -> None:
        """Keeps a token and the number series that the gateway gave this device."""
        if self._uses_keyring:
            try:
                keyring.set_password(SERVICE, self._name(url), token)
            except KeyringError:  # this run has its token; the next one asks for the password
                log.warning("the keyring did not keep the session")
        else:
            with self._work.write() as connection:
                connection.execute(delete(token_table).where(token_table.c.url == url))
                connection.execute(token_table.insert().values(url=url, token=token))
        self._work.set_flag(_SERIES, series)

    def forget(self, url: str) -> None:
        """Removes the token of an address."""
        if self._uses_keyring:
            try:
                keyring.delete_password(SERVICE, self._name(url))
            except KeyringError:
                return
        else:
            with self._work.write() as connection:
                connection.execute(delete(token_table).where(token_table.c.url == url))

    def _name(self, url: str) -> str:
        return f"token {self._work.account.path.name} {url}"


def given_series(work: WorkStore) -> str:
    """Returns the series that the gateway gave this device; empty before its first logon."""
    return work.flag(_SERIES) or ""


def device_series(work: WorkStore) -> str:
    """Returns the number series of this device; empty before its first logon.

    After a restored backup it is another one, which no gateway gives: the backup does not know which numbers were
    used since.
    """
    series, restores = given_series(work), work.flag(_RESTORES)
    return f"{series}-R{restores}" if series and restores else series


def begin_new_series(work: WorkStore) -> None:
    """Starts a new number series. It is drawn: a counter of restores would come back with a copy of the folder."""
    work.set_flag(_RESTORES, "".join(secrets.choice(_LETTERS) for _ in range(_TAIL)))
