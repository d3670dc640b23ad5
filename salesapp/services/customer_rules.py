"""Validates a customer's record: required fields, tax numbers, addresses; compares names. No store."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from stdnum.eu import vat
from stdnum.pl import nip

from salesapp.domain.links import mail_address
from salesapp.domain.texts import folded
from salesapp.protocol.records import Address, CustomerRecord

SIMILAR = 0.86
"""Names with at least this likeness (0 to 1) may belong to the same customer."""
PHONE_DIGITS = 9
"""How many last digits of phone numbers are compared, to ignore country codes."""
_POLISH_POSTAL_CODE = re.compile(r"\d{2}-\d{3}")
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
    code_ = address.postal_code.strip()
    if address.country.strip().upper() == "PL" and code_ and not _POLISH_POSTAL_CODE.fullmatch(code_):
        found.append(FieldProblem("address.postal_code", "postal_code"))
    if customer.email and not mail_address(customer.email):
        found.append(FieldProblem("email", "email"))
    if customer.phone and len(digits(customer.phone)) < PHONE_DIGITS - 2:
        found.append(FieldProblem("phone", "phone"))
    person = next(iter(customer.contact_persons), None)
    if person is not None and person.email and not mail_address(person.email):
        found.append(FieldProblem("person.email", "email"))
    return found


def postal_code_as_written(text: str, country: str) -> str:
    """Returns a Polish postal code with its dash, 00-950 for 00950; any other text as it is."""
    bare = re.sub(r"[\s-]", "", text)
    is_polish = country.strip().upper() == "PL" and re.fullmatch(r"[0-9]{5}", bare)
    return f"{bare[:2]}-{bare[2:]}" if is_polish else text


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
