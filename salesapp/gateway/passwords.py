"""Refuses passwords that are easy to guess. For sessions and hashes see `salesapp.gateway.accounts`.

zxcvbn estimates how many guesses a password takes. It knows lists of common passwords, English words, names, rows
of keys, dates, repeats, and digits for letters. The words below and the names of user and company are added.
"""

import threading
from collections.abc import Iterable
from typing import Final

from salesapp.domain.texts import folded
from salesapp.errors import UsageError, UserFacingError

SHORTEST_PASSWORD: Final = 8
LONGEST_PASSWORD: Final = 200
FEWEST_GUESSES: Final = 10**7
_SHORTEST_WORD = 3
_COMMON = 10**4
"""A word that takes fewer guesses is common, with any digits beside it."""
_ENDINGS = "0123456789 !?.,;:-_+*#@$%&/()=\"'"
_LONGEST_ENDING = 6
_UNSHIFTED = str.maketrans("!@#$%^&*()", "1234567890")
"""The row of digits with the shift key, as in zaq1@WSX."""
_LETTERS = str.maketrans("4@8301$57", "aabeoisst")
_CHUNK = 20
"""Characters estimated at a time, because the estimate takes seconds for long texts."""
_WORDS: Final = (
    *("salesapp", "sales", "gateway", "tablet", "field", "company", "office", "welcome", "admin", "administrator"),
    *("password", "secret", "haslo", "tajne", "sekret", "witaj", "dupa", "kochanie", "misiek", "zima", "wiosna"),
    *("lato", "jesien", "styczen", "luty", "marzec", "kwiecien", "maj", "czerwiec", "lipiec", "sierpien", "wrzesien"),
    *("pazdziernik", "listopad", "grudzien", "poniedzialek", "wtorek", "sroda", "czwartek", "piatek", "sobota"),
    *("niedziela", "polska", "warszawa", "krakow", "wroclaw", "poznan", "gdansk", "sprzedaz", "handlowiec", "firma"),
    *("hurtownia", "przedstawiciel", "zamowienie", "biuro", "klient", "towar", "legia", "wisla", "lech"),
    *("moje", "kocham", "kochamcie", "kasia", "basia", "ania", "asia", "gosia", "magda", "monika", "agnieszka"),
    *("karolina", "zosia", "tomek", "bartek", "marcin", "piotrek", "pawel", "michal", "krzysiek", "maciek", "kuba"),
    *("ichliebe", "liebedich", "ichliebedich", "mein", "meine", "fussball", "hund", "katze", "jesus", "maus"),
    *("passwort", "kennwort", "geheim", "hallo", "willkommen", "schatz", "liebling", "sommer", "winter", "herbst"),
    *("fruehling", "fruhling", "januar", "februar", "maerz", "marz", "april", "juni", "juli", "august", "september"),
    *("oktober", "november", "dezember", "montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag"),
    *("sonntag", "deutschland", "berlin", "hamburg", "muenchen", "munchen", "vertrieb", "verkauf", "aussendienst"),
    *("spring", "summer", "autumn", "january", "february", "march", "june", "july", "october", "december", "monday"),
    *("tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
    *("qwertz", "qwertzuiop", "asdfghjkl", "yxcvbnm", "zxcvbnm", "qazwsx", "qaywsx", "1qay2wsx", "1qaz2wsx"),
)
_estimating = threading.Lock()  # zxcvbn keeps its extra words in a global


class PasswordError(UsageError):
    """A password that is refused; the code says why."""

    def __init__(self, code: str, /, **params: object) -> None:
        UserFacingError.__init__(self, code, **params)


def check_password(password: str, name: str, company: Iterable[str] = ()) -> None:
    """Raises PasswordError for a weak password. `company` has names that are easy to guess."""
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise PasswordError("password.length", shortest=SHORTEST_PASSWORD, longest=LONGEST_PASSWORD)
    if not password.strip():
        raise PasswordError("password.blank")
    plain, own = folded(password), folded(name)
    if plain == own or (len(own) >= _SHORTEST_WORD and own in plain):
        raise PasswordError("password.has_name")
    words = [*_WORDS, own, *_words_of(company)]
    if _is_word_with_ending(plain, words) or not all(
        _is_strong(text, words) for text in {password, plain, plain.translate(_UNSHIFTED)}
    ):
        raise PasswordError("password.common")


def _is_word_with_ending(plain: str, words: list[str]) -> bool:
    """Whether it is a common word, perhaps with digits for letters, and a few digits and signs: H@slo2026!."""
    for core in {plain.rstrip(_ENDINGS), plain.strip(_ENDINGS)}:
        word = core.translate(_LETTERS)
        if not 0 < len(word) <= _CHUNK or len(plain) - len(core) > _LONGEST_ENDING:
            continue
        if word in words or _guesses(word, words) < _COMMON:
            return True
    return False


def _is_strong(text: str, words: list[str]) -> bool:
    """Whether some part takes many guesses. Of repetitions only the repeated part counts."""
    unit = text[: next(period for period in range(1, len(text) + 1) if text[period:] == text[:-period])]
    chunks = (unit[at : at + _CHUNK] for at in range(0, len(unit), _CHUNK))
    return any(_guesses(chunk, words) >= FEWEST_GUESSES for chunk in chunks)


def _words_of(names: Iterable[str]) -> list[str]:
    """Returns the names, each as one word, and their parts."""
    found: list[str] = []
    for name in map(folded, names):
        parts = "".join(letter if letter.isalnum() else " " for letter in name).split()
        found += ["".join(parts), *parts]
    return [word for word in dict.fromkeys(found) if len(word) >= _SHORTEST_WORD]


def _guesses(text: str, words: list[str]) -> float:
    from zxcvbn import zxcvbn  # noqa: PLC0415  # its dictionaries take a while; few commands need them

    with _estimating:
        return float(zxcvbn(text, words)["guesses"])
