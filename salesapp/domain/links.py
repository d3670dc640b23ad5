"""Decides which texts of records may be opened: plain web addresses, phone numbers, e-mail addresses. Pure.

A record's text comes from an ERP or another user. Anything not in a plain form is shown but never opened.
"""

import re
from dataclasses import dataclass
from ipaddress import IPv4Address
from typing import Literal
from urllib.parse import quote

from salesapp.domain.texts import one_line

LONGEST_WEB = 2_000
LONGEST_MAIL = 254
LONGEST_PHONE = 60
LONGEST_PLACE = 300
MAP_HOST = "www.openstreetmap.org"
LinkKind = Literal["web", "phone", "mail", "map"]

_ANY_CASE = re.ASCII | re.IGNORECASE
"""Without ASCII, two letters beyond it (the Kelvin sign, the long s) would match `k` and `s`."""
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_NAME = rf"(?:{_LABEL}\.)+[a-z]{{2,63}}"
_HOST = re.compile(_NAME)
_WEB = re.compile(r"(?:(https?)://)?([a-z0-9.-]+)(?::([0-9]{1,5}))?([/?#].*)?", _ANY_CASE)
_ESCAPE = re.compile(r"%(?![0-9a-f]{2})|%[01][0-9a-f]|%7f|%5c", _ANY_CASE)
"""Never in a plain address: a lone percent sign, escaped control characters and backslashes."""
_UNSAFE = frozenset('\\<>"`')
_PROGRAMS = frozenset(
    {"bat", "bin", "cmd", "cpl", "dll", "exe", "hta", "inf", "jar", "js", "jse", "lnk", "msc", "msi", "ps1", "reg"}
    | {"scr", "sys", "url", "vbe", "vbs", "wsf"}
)
"""File suffixes that are not top-level domains: `invoice.hta` is not a web address."""
_PHONE = re.compile(
    r"(?:tel:)?(\+?[0-9(][0-9 \u00a0\u2011\u2013()./-]*)(?:[ ,]*(?:ext|wew|x)\.? ?[0-9]{1,6})?", _ANY_CASE
)
_TRUNK = re.compile(r"^(\+[0-9]+) ?\(0\)")
_PARTED = re.compile(r"[ \u00a0]/|/[ \u00a0]")
_MAIL = re.compile(rf"(?:mailto:)?([a-z0-9_+'=~-]+(?:\.[a-z0-9_+'=~-]+)*@({_NAME}))", _ANY_CASE)


@dataclass(frozen=True, slots=True)
class Link:
    """The whole link to open, and whom it reaches: a host, a number or an address."""

    kind: LinkKind
    target: str
    place: str


def link_of(kind: str, value: str) -> Link | None:
    """Returns the link of a contact's or attribute's value; None unless the kind is phone, email or url."""
    text = value.strip(" \u00a0")
    if kind == "phone":
        return _phone(text)
    if kind == "email":
        return _mail(text)
    if kind == "url":
        return _web(text) or (_phone(text) if text[:4].lower() == "tel:" else None) or _mailto(text)
    return None


def mail_address(value: str) -> str:
    """Returns the text if it is exactly one plain address; empty for several, a display name, or a malformed one."""
    link = link_of("email", value)
    return link.place if link is not None else ""


def corrected_mail(typed: str) -> str:
    """Returns an e-mail address without what slips in when it is typed or copied; other text stays as it is."""
    bare = "".join(typed.split()).removeprefix("mailto:").strip("<>;,.")
    name, at, host = bare.rpartition("@")
    mended = f"{name}{at}{host.replace(',', '.')}"
    return mended if mail_address(mended) else typed.strip()


def map_of(place: str) -> Link | None:
    """Returns a map search for a postal address."""
    words = one_line(place, LONGEST_PLACE)
    if not words:
        return None
    return Link("map", f"https://{MAP_HOST}/search?query={quote(words, safe='')}", MAP_HOST)


def _web(text: str) -> Link | None:
    found = _WEB.fullmatch(text) if len(text) <= LONGEST_WEB else None
    if found is None:
        return None
    scheme, host, port, rest = found[1], found[2].lower(), found[3] or "", found[4] or ""
    if not _is_host(host, is_bare=scheme is None) or not _is_plain(rest) or (port and not 0 < int(port) < 65_536):
        return None
    path = quote(rest, safe="/?#[]@!$&()*+,;=:~%-._")
    return Link("web", f"{(scheme or 'http').lower()}://{host}{port and f':{port}'}{path}", host)


def _is_host(host: str, *, is_bare: bool) -> bool:
    """Accepts names with a domain in ASCII letters; some browsers send passwords to intranet names.

    An IPv4 address needs a scheme; letters beyond ASCII, also as `xn--`, can imitate others.
    """
    if _HOST.fullmatch(host) and len(host) <= 253:
        is_masked = any(label.startswith("xn--") for label in host.split("."))
        return not is_masked and not (is_bare and host.rpartition(".")[2] in _PROGRAMS)
    return not is_bare and _is_number(host)


def _is_number(host: str) -> bool:
    """Accepts full IPv4 addresses of other computers; `2130706433` and `127.1` are disguised forms of localhost."""
    try:
        address = IPv4Address(host)
    except ValueError:
        return False
    return not (address.is_loopback or address.is_unspecified)


def _is_plain(rest: str) -> bool:
    """Returns whether the text has no invisible characters, blanks or suspicious percent escapes."""
    seen = all(letter.isprintable() and not letter.isspace() and letter not in _UNSAFE for letter in rest)
    return seen and _ESCAPE.search(rest) is None


def _phone(text: str) -> Link | None:
    """Returns a link that dials a number. Extensions are left to the user; star and hash are phone commands.

    In `+48 (0) 58` the 0 is for domestic callers; a slash separates two numbers.
    """
    found = _PHONE.fullmatch(text) if len(text) <= LONGEST_PHONE and not _PARTED.search(text) else None
    digits = re.sub(r"[^0-9+]", "", _TRUNK.sub(r"\1", found[1])) if found else ""
    if not 3 <= len(digits.lstrip("+")) <= 17:
        return None
    return Link("phone", f"tel:{digits}", digits)


def _mail(text: str) -> Link | None:
    """Returns a link to one address; a query (after a question mark) could add recipients and text."""
    found = _MAIL.fullmatch(text) if len(text) <= LONGEST_MAIL else None
    if found is None or found[1].index("@") > 64:
        return None
    return Link("mail", f"mailto:{found[1]}", found[1]) if _is_host(found[2].lower(), is_bare=False) else None


def _mailto(text: str) -> Link | None:
    return _mail(text) if text[:7].lower() == "mailto:" else None
