"""The demo company's customers: shops, restaurants and hotels, each with one representative."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

from salesapp.gateway.connectors.base import SourceRow
from salesapp.gateway.connectors.demo.company import REPRESENTATIVES, VAN_REPRESENTATIVES, Company
from salesapp.gateway.connectors.demo.words import (
    FAMILY_NAMES,
    FIRST_NAMES,
    FOREIGN_SHOPS,
    FOREIGN_STREETS,
    FOREIGN_TOWNS,
    LEGAL_FORMS,
    POLISH_TOWNS,
    POSITIONS,
    PROPER_NAMES,
    SHOPS,
    STREETS,
    Town,
)
from salesapp.gateway.connectors.rows import builder

_CUSTOMERS = builder("customers.customers")
_ASCII = str.maketrans("ąćęłńóśźżäöüßčšžý", "acelnoszzaouscszy")
_DIAL = {"PL": "+48", "DE": "+49", "CZ": "+420", "SK": "+421", "LT": "+370", "AT": "+43"}
_TAX_WEIGHTS = (6, 5, 7, 2, 3, 4, 5, 6, 7)
_NOTES = (
    "Deliveries before 9 a.m. only.",
    "Dostawa od podwórza, dzwonić do magazynu.",
    "Pays at the delivery; check the deposit for crates.",
    "Zamawia w poniedziałki i czwartki.",
)


@dataclass(frozen=True, slots=True)
class Client:
    """The part of a customer that other objects need."""

    number: int
    code: str
    name: str
    town: Town
    representative: str
    customer_class: str

    @property
    def is_polish(self) -> bool:
        return self.town.country == "PL"


def representative_of(number: int) -> str:
    return REPRESENTATIVES[(number + number // len(SHOPS)) % len(REPRESENTATIVES)]


def client(number: int) -> Client:
    """Returns customer `number`; the same in every object."""
    turn, kind = divmod(number, len(SHOPS))
    round_, place = divmod(turn, len(PROPER_NAMES))
    shop, customer_class = SHOPS[kind]
    proper = PROPER_NAMES[(place + kind * 5) % len(PROPER_NAMES)]
    legal = LEGAL_FORMS[(number * 7 // 3 + round_) % len(LEGAL_FORMS)]
    representative = representative_of(number)
    district = REPRESENTATIVES.index(representative)
    town = POLISH_TOWNS[(district + len(REPRESENTATIVES) * (number // 5)) % len(POLISH_TOWNS)]
    if number % 19 == 7:
        town = FOREIGN_TOWNS[number // 19 % len(FOREIGN_TOWNS)]
        shop, legal = FOREIGN_SHOPS[town.country]
        customer_class = "EXPORT"
    name = " ".join(word for word in (shop, proper, legal) if word)
    return Client(number, f"K{number + 1:06d}", name, town, representative, customer_class)


def customers(company: Company) -> Iterator[SourceRow]:
    for number in range(company.customers):
        yield customer_row(company, number)


def customer_row(company: Company, number: int) -> SourceRow:
    """One customer's row."""
    who = client(number)
    dice = company.chance("customers.customers", number)
    phone, email = _phone(who, dice), f"zamowienia@{_domain(who)}"
    return _CUSTOMERS.row(
        who.code,
        code=who.code,
        name=who.name,
        tax_id=_tax_id(who),
        status="blocked" if number % 41 == 40 else "prospect" if number % 29 == 28 else "active",
        kind="person" if number % 37 == 5 else "company",
        customer_class=who.customer_class,
        representative=who.representative,
        region=who.town.region,
        city=who.town.name,
        phone=phone,
        email=email,
        addresses=_addresses(who, dice),
        contact_persons=_contact_persons(who, dice),
        contacts=_contacts(who, phone, email),
        relationships=_relationships(number),
        tax_class="domestic" if who.is_polish else "intra_eu",
        notes=_NOTES[number % len(_NOTES)] if number % 6 == 1 else None,
        **_terms(who, dice),
    )


def customer_of(company: Company, key: str) -> SourceRow | None:
    """Returns a customer's row by its ERP key; None unless it is one of the generated customers."""
    number = int(key[1:]) - 1 if key[:1] == "K" and key[1:].isdecimal() else -1
    return customer_row(company, number) if 0 <= number < company.customers else None


def _terms(who: Client, dice: Random) -> dict[str, Any]:
    """Price list, payment form and credit; amounts are scaled by 10,000."""
    number, limit = who.number, dice.choice((5, 10, 15, 20, 30, 50, 80)) * 1000 * 10_000
    has_limit = number % 8 != 3
    used = limit * dice.randrange(0, 115) // 100 // 100 * 100
    return {
        "price_type": _price_type(who),
        "payment_form": dice.choice(("CASH", "T7", "T14", "T14", "T30", "PREPAID", "CARD")),
        "currency": "PLN" if who.is_polish else "EUR",
        "payer": _payer(number),
        "general_discount_percent": dice.choice((0, 0, 0, 1, 2, 3, 5)) * 10_000,
        "credit_limit": limit if has_limit else None,
        "credit_used": used if has_limit else None,
        "overdue": used * dice.randrange(5, 60) // 100 // 100 * 100 if has_limit and number % 7 == 2 else 0,
    }


def _price_type(who: Client) -> str | None:
    if not who.is_polish:
        return "EXPORT"
    if who.representative in VAN_REPRESENTATIVES:
        return "VAN"
    return (None, "WHOLESALE", "WHOLESALE", "SEASON", "RETAIL")[who.number % 5]


def _payer(number: int) -> str | None:
    """Some customers have a payer: another customer of the same representative."""
    if number % 10 != 9:
        return None
    others = (other for other in range(number - 1, -1, -1) if representative_of(other) == representative_of(number))
    found = next(others, None)
    return None if found is None else client(found).code


def _relationships(number: int) -> list[dict[str, str]]:
    payer = _payer(number)
    return [{"kind": "payer", "customer": payer}] if payer else []


def _tax_id(who: Client) -> str:
    """In Poland with a valid check digit; the first digits belong to no tax office, so no real number can result."""
    if not who.is_polish:
        return f"{who.town.country}{900_000_000 + who.number}"
    body = f"999{who.number * 7 % 1_000_000:06d}"
    check = sum(int(digit) * weight for digit, weight in zip(body, _TAX_WEIGHTS, strict=True)) % 11
    return f"{body}{check % 10}"


def _domain(who: Client) -> str:
    letters = who.name.lower().translate(_ASCII).replace(".", "")
    return "-".join(word for word in letters.split() if word.isascii()) + ".example"


def _phone(who: Client, dice: Random) -> str:
    return f"{_DIAL[who.town.country]} 555 {dice.randrange(1000):03d} {dice.randrange(1000):03d}"


def _address(who: Client, dice: Random, kind: str, *, is_default: bool) -> dict[str, Any]:
    streets = STREETS if who.is_polish else FOREIGN_STREETS[who.town.country]
    return {
        "kind": kind,
        "name": who.name,
        "street": f"{'ul. ' if who.is_polish else ''}{dice.choice(streets)} {dice.randrange(1, 140)}",
        "postal_code": who.town.postal_code,
        "city": who.town.name,
        "country": who.town.country,
        "is_default": is_default,
    }


def _addresses(who: Client, dice: Random) -> list[dict[str, Any]]:
    more = ((), (), ("delivery",), ("delivery", "correspondence"), ("delivery", "delivery", "invoice"))[who.number % 5]
    return [_address(who, dice, kind, is_default=kind == "main") for kind in ("main", *more)]


def _contact_persons(who: Client, dice: Random) -> list[dict[str, Any]]:
    persons = []
    for position in range(1 + who.number % 3):
        first, family = dice.choice(FIRST_NAMES), dice.choice(FAMILY_NAMES)
        persons.append(
            {
                "name": f"{first} {family}",
                "position": dice.choice(POSITIONS),
                "phone": _phone(who, dice),
                "email": f"{first}.{family}@{_domain(who)}".lower().translate(_ASCII),
                "is_default": position == 0,
            }
        )
    return persons


def _contacts(who: Client, phone: str, email: str) -> list[dict[str, str]]:
    contacts = [{"kind": "phone", "value": phone}, {"kind": "email", "value": email}]
    if who.number % 4 == 1:
        contacts.append({"kind": "url", "value": f"https://{_domain(who)}"})
    return contacts
