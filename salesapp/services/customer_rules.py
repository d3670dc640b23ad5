"""Validates a customer's record: required fields, tax numbers, addresses; compares names. No store."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from stdnum.eu import vat
from stdnum.pl import nip

from salesapp.domain.links import corrected_mail, mail_address
from salesapp.domain.texts import folded
from salesapp.protocol.records import Address, CustomerRecord

SIMILAR = 0.86
"""Names with at least this likeness (0 to 1) may belong to the same customer."""
PHONE_DIGITS = 9
"""How many last digits of phone numbers are compared, to ignore country codes."""
_POSTAL_CODES = {
    "PL": (2, 3, "-"),
    "PT": (4, 3, "-"),
    **dict.fromkeys(("CZ", "GR", "SE", "SK"), (3, 2, " ")),
    **dict.fromkeys(("DE", "EE", "ES", "FI", "FR", "HR", "IT", "LT", "RO", "UA"), (5, 0, "")),
    **dict.fromkeys(("AT", "BE", "BG", "CH", "DK", "HU", "LU", "NO", "SI"), (4, 0, "")),
}
"""Of countries whose postal codes are digits: how many before and after the separator."""
_COUNTRIES = {
    **dict.fromkeys(("polska", "poland"), "PL"),
    **dict.fromkeys(("niemcy", "germany", "deutschland"), "DE"),
    **dict.fromkeys(("czechy", "czechia", "cesko"), "CZ"),
    **dict.fromkeys(("slowacja", "slovakia", "slovensko"), "SK"),
    **dict.fromkeys(("litwa", "lithuania", "lietuva"), "LT"),
    **dict.fromkeys(("ukraina", "ukraine"), "UA"),
}
"""Names of countries, as `folded`, that are typed instead of their two letters."""
_LEGAL_FORMS = frozenset(
    {
        *("spolka", "sp", "z", "o", "oo", "zoo", "sa", "s", "a", "sc", "c", "spj", "j", "sk", "k", "spk", "spol", "i"),
        *("gmbh", "ag", "kg", "ohg", "srl", "sro", "r", "ltd", "uab", "as", "firma", "phu", "fhu", "pphu"),
    }
)


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """An invalid field: `field` as in CustomerRecord, or "address.city" and the like; `code` is the reason."""

    field: str
    code: str


def main_address(customer: CustomerRecord) -> Address | None:
    found = sorted(customer.addresses, key=lambda address: (address.kind != "main", not address.is_default))
    return found[0] if found else None


def problems(customer: CustomerRecord) -> list[FieldProblem]:
    """Returns the problems that block saving, in the order of the form."""
    address = main_address(customer) or Address("main")
    found = [FieldProblem("name", "missing")] if not customer.name.strip() else []
    if code := tax_id_problem(customer.tax_id, address.country, is_company=customer.kind == "company"):
        found.append(FieldProblem("tax_id", code))
    needed = ("street", "postal_code", "city", "country")
    found += [FieldProblem(f"address.{name}", "missing") for name in needed if not str(getattr(address, name)).strip()]
    if code := postal_code_problem(address.postal_code, address.country):
        found.append(FieldProblem("address.postal_code", code))
    if customer.email and not mail_address(customer.email):
        found.append(FieldProblem("email", "email"))
    if customer.phone and len(digits(customer.phone)) < PHONE_DIGITS - 2:
        found.append(FieldProblem("phone", "phone"))
    person = next(iter(customer.contact_persons), None)
    if person is not None and person.email and not mail_address(person.email):
        found.append(FieldProblem("person.email", "email"))
    return found


def corrected(field: str, typed: str, country: str) -> str:
    """Returns what was plainly meant by the text of a field (as in FIELDS of `customer_changes`); else the text."""
    if field in {"email", "person.email"}:
        return corrected_mail(typed)
    if field == "tax_id":
        return _tax_id_as_written(typed, country)
    if field == "address.postal_code":
        return postal_code_as_written(typed, country)
    return country_code(typed) if field == "address.country" else typed


def country_code(text: str) -> str:
    """Returns the two letters of a country, also for the names of neighbours; any other text as it is."""
    bare = text.strip()
    return bare.upper() if len(bare) == 2 else _COUNTRIES.get(folded(bare), text)


def postal_code_as_written(text: str, country: str) -> str:
    """Returns a postal code as its country writes it: 00-950 for 00950 and PL 00950; any other text as it is."""
    return _written_postal_code(text, country_code(country)) or text


def postal_code_problem(text: str, country: str) -> str:
    """Returns why a text is no postal code: "postal_code" (of Poland), "postal_code_there" (elsewhere); else empty."""
    code = country_code(country)
    if not text.strip() or code not in _POSTAL_CODES or _written_postal_code(text, code):
        return ""
    return "postal_code" if code == "PL" else "postal_code_there"


def _written_postal_code(text: str, country: str) -> str:
    """Returns a postal code as its country writes it; empty if it is none, or of a country without such codes."""
    before, after, separator = _POSTAL_CODES.get(country, (0, 0, ""))
    bare = re.sub(r"[\s-]", "", text).upper().removeprefix(country)
    is_whole = before and bare.isascii() and bare.isdigit() and len(bare) == before + after
    return f"{bare[:before]}{separator}{bare[before:]}" if is_whole else ""


def _tax_id_as_written(number: str, country: str) -> str:
    """Returns a valid tax number without blanks and in capitals; any other text as it is."""
    bare = "".join(number.split()).upper()
    is_checked = bare and not tax_id_problem(bare, country_code(country), is_company=True)
    prefix = bare[:2] if bare[:2].isalpha() else country_code(country) or "PL"
    return bare if is_checked and prefix.lower() in {*vat.MEMBER_STATES, "el"} else number


def tax_id_problem(number: str, country: str, *, is_company: bool) -> str:
    """Returns why a tax number is invalid: "missing", "nip" (Poland), "vat" (other EU countries); else empty."""
    plain = plain_tax_id(number)
    if not plain:
        return "missing" if is_company else ""
    country = country.strip().upper() or "PL"
    prefix = plain[:2] if plain[:2].isalpha() else country
    body = plain.removeprefix(prefix)
    if prefix == "PL":
        return "" if nip.is_valid(body) else "nip"
    if prefix.lower() in {*vat.MEMBER_STATES, "el"}:
        return "" if vat.is_valid(f"{prefix}{body}") else "vat"
    return ""


def plain_tax_id(number: str) -> str:
    """Returns only letters and digits, in upper case."""
    return "".join(letter for letter in number.upper() if letter.isascii() and letter.isalnum())


def tax_id_spellings(number: str, country: str) -> list[str]:
    """Returns possible spellings of the number in the catalogue: with and without country, as typed, with dashes."""
    plain = plain_tax_id(number)
    if not plain:
        return []
    prefix = plain[:2] if plain[:2].isalpha() else (country.strip().upper() or "PL")
    body = plain.removeprefix(prefix)
    found = [plain, body, f"{prefix}{body}", f"{prefix} {body}", number.strip()]
    if prefix == "PL" and len(body) == 10:
        found += [f"{body[:3]}-{body[3:6]}-{body[6:8]}-{body[8:]}", f"{body[:3]}-{body[3:5]}-{body[5:7]}-{body[7:]}"]
    return list(dict.fromkeys(found))


def digits(phone: str) -> str:
    return "".join(letter for letter in phone if letter.isdigit())


def name_words(name: str) -> list[str]:
    """Returns the distinctive words of a name: lower case, without accents and legal forms."""
    words = re.findall(r"\w+", folded(name))
    return [word for word in words if word not in _LEGAL_FORMS] or words


def likeness(one: str, other: str) -> float:
    """Returns the similarity of two names from 0 to 1, ignoring word order and legal forms."""
    left, right = " ".join(sorted(name_words(one))), " ".join(sorted(name_words(other)))
    return SequenceMatcher(None, left, right).ratio() if left else 0.0


def are_similar(one: str, other: str) -> bool:
    """Returns whether two names may belong to the same customer."""
    return likeness(one, other) >= SIMILAR
