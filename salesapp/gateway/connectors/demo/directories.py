"""The ten directories of the demo company."""

from collections.abc import Iterator
from decimal import Decimal

from salesapp.domain.catalogue import PRICE_LEVELS
from salesapp.gateway.connectors.base import SourceRow
from salesapp.gateway.connectors.demo.company import REPRESENTATIVES, Company
from salesapp.gateway.connectors.rows import builder

RATE_DAYS = 30
SEASON_DAYS = (-45, 45)

_UNITS = builder("directories.units")
_WAREHOUSES = builder("directories.warehouses")
_PRICE_TYPES = builder("directories.price_types")
_VAT_RATES = builder("directories.vat_rates")
_PAYMENT_FORMS = builder("directories.payment_forms")
_VEHICLES = builder("directories.vehicles")
_TRAVEL_TYPES = builder("directories.travel_types")
_CURRENCIES = builder("directories.currencies")
_COMPONENTS = builder("directories.price_discount_types")
_CONFIGURATION = builder("directories.global_price_configuration")


def units(_company: Company) -> Iterator[SourceRow]:
    for code, name, decimals, kind in (
        ("pcs", "Piece", 0, "quantity"),
        ("box", "Box", 0, "quantity"),
        ("pallet", "Pallet", 0, "quantity"),
        ("kg", "Kilogram", 3, "weight"),
        ("l", "Litre", 3, "volume"),
        ("m", "Metre", 2, "length"),
        ("h", "Hour", 2, "time"),
    ):
        yield _UNITS.row(code, code=code, name=name, decimals=decimals, kind=kind)


def warehouses(_company: Company) -> Iterator[SourceRow]:
    for code, name, kind, address in (
        ("CENTRAL", "Magazyn centralny", "remote", "ul. Magazynowa 12, 05-800 Pruszków"),
        ("COLD", "Chłodnia i mroźnia", "remote", "ul. Mroźna 4, 61-315 Poznań"),
        ("VAN1", "Samochód północ", "local", None),
        ("VAN2", "Samochód południe", "local", None),
    ):
        yield _WAREHOUSES.row(code, code=code, name=name, kind=kind, is_default=code == "CENTRAL", address=address)


def price_types(company: Company) -> Iterator[SourceRow]:
    for priority, (code, name, is_gross, currency, days) in enumerate(
        (
            ("WHOLESALE", "Hurtowy (netto)", False, "PLN", None),
            ("RETAIL", "Detaliczny (brutto)", True, "PLN", None),
            ("VAN", "Sprzedaż z samochodu (netto)", False, "PLN", None),
            ("EXPORT", "Export EUR (net)", False, "EUR", None),
            ("SEASON", "Sezonowy (netto)", False, "PLN", SEASON_DAYS),
        ),
        start=1,
    ):
        yield _PRICE_TYPES.row(
            code,
            code=code,
            name=name,
            is_gross=is_gross,
            currency=currency,
            priority=priority,
            decimals=2,
            is_default=code == "WHOLESALE",
            valid_from=company.day(days[0]) if days else None,
            valid_to=company.day(days[1]) if days else None,
        )


_BY_TAX_CLASS = [
    {"tax_class": "intra_eu", "vat_rate": "WDT", "sentence": "Wewnątrzwspólnotowa dostawa towarów, stawka 0 %."},
    {"tax_class": "export", "vat_rate": "EXP", "sentence": "Eksport towarów, stawka 0 %."},
    {"tax_class": "exempt", "vat_rate": "ZW", "sentence": "Zwolnienie z VAT."},
    {"tax_class": "reverse_charge", "vat_rate": "NP", "sentence": "Odwrotne obciążenie."},
]
"""What takes the place of the rates of goods for customers of other tax classes."""


def vat_rates(_company: Company) -> Iterator[SourceRow]:
    for code, name, percent, valid_from, valid_to in (
        ("23", "VAT 23 %", 23, "2011-01-01", None),
        ("8", "VAT 8 %", 8, "2011-01-01", None),
        ("5", "VAT 5 %", 5, "2011-01-01", None),
        ("0", "VAT 0 %", 0, None, None),
        ("ZW", "Exempt (zwolniony)", 0, None, None),
        ("22", "VAT 22 % (until 2010)", 22, None, "2010-12-31"),
        ("WDT", "VAT 0 % (WDT)", 0, None, None),
        ("EXP", "VAT 0 % (eksport)", 0, None, None),
        ("NP", "Nie podlega (odwrotne obciążenie)", 0, None, None),
    ):
        yield _VAT_RATES.row(
            code,
            code=code,
            name=name,
            percent=Decimal(percent),
            is_exempt=code == "ZW",
            country="PL",
            valid_from=valid_from,
            valid_to=valid_to,
            by_tax_class=_BY_TAX_CLASS if percent else [],
        )


def payment_forms(_company: Company) -> Iterator[SourceRow]:
    for code, name, kind, days in (
        ("CASH", "Gotówka", "cash", 0),
        ("CARD", "Karta płatnicza", "card", 0),
        ("T7", "Przelew 7 dni", "transfer", 7),
        ("T14", "Przelew 14 dni", "transfer", 14),
        ("T30", "Przelew 30 dni", "transfer", 30),
        ("PREPAID", "Przedpłata", "other", 0),
    ):
        more = {"discount_percent": Decimal(2)} if code == "PREPAID" else {}
        yield _PAYMENT_FORMS.row(code, code=code, name=name, kind=kind, due_days=days, is_default=code == "T14", **more)


def vehicles(company: Company) -> Iterator[SourceRow]:
    models = (
        ("Škoda Octavia Combi", "petrol"),
        ("Toyota Corolla", "hybrid"),
        ("Kia Ceed", "lpg"),
        ("Renault Mégane E-Tech", "electric"),
        ("Ford Transit (chłodnia)", "diesel"),
        ("Fiat Ducato (chłodnia)", "diesel"),
        ("Dacia Duster (pool car)", "petrol"),
        ("Opel Vivaro (sold)", "diesel"),
    )
    for number, (name, fuel) in enumerate(models):
        dice = company.chance("vehicles", number)
        registration = f"WX {dice.randrange(10_000, 100_000)}"
        yield _VEHICLES.row(
            f"car-{number + 1}",
            registration=registration,
            name=name,
            fuel=fuel,
            last_odometer_km=dice.randrange(12_000, 190_000),
            representative=REPRESENTATIVES[number] if number < len(REPRESENTATIVES) else None,
            is_active=number + 1 < len(models),
        )


def travel_types(_company: Company) -> Iterator[SourceRow]:
    for code, name, is_private, rate in (
        ("BUSINESS", "Company car, business", False, None),
        ("OWN_CAR", "Own car, business", False, Decimal("1.15")),
        ("PRIVATE", "Private trip", True, None),
        ("COMMUTE", "Way to work", True, None),
    ):
        yield _TRAVEL_TYPES.row(
            code, code=code, name=name, is_private=is_private, rate_per_km=rate, currency="PLN" if rate else None
        )


def currencies(company: Company) -> Iterator[SourceRow]:
    for code, name, symbol, rate in (
        ("PLN", "Polski złoty", "zł", 0),
        ("EUR", "Euro", "€", 42_650),
        ("USD", "US dollar", "$", 36_820),
        ("CZK", "Česká koruna", "Kč", 1_745),
        ("GBP", "Pound sterling", "£", 49_310),
    ):
        yield _CURRENCIES.row(
            code,
            code=code,
            name=name,
            symbol=symbol,
            decimals=2,
            is_base=not rate,
            rates=_rates(company, code, rate) if rate else [],
        )


def _rates(company: Company, code: str, rate: int) -> list[dict[str, str]]:
    """One rate (in ten-thousandths) for each of the last days, wandering by at most half a percent."""
    dice = company.chance("rates", code)
    rates = []
    for offset in range(1 - RATE_DAYS, 1):
        rate += rate * dice.randrange(-5, 6) // 1000
        rates.append({"date": company.day(offset).isoformat(), "rate": f"{rate // 10_000}.{rate % 10_000:04d}"})
    return rates


def price_discount_types(_company: Company) -> Iterator[SourceRow]:
    for code, name, kind, value_kind, flags in (
        ("RABAT", "Rabat handlowy", "discount", "percent", ()),
        ("RABAT_KW", "Rabat kwotowy", "discount", "amount", ()),
        ("LOYALTY", "Rabat lojalnościowy (od ceny bazowej)", "discount", "percent", ("on_base",)),
        ("SEASONAL", "Rabat sezonowy (tylko jeden)", "discount", "percent", ("only_once",)),
        ("DEPOSIT", "Kaucja za opakowanie", "surcharge", "amount", ()),
        ("COOLING", "Dopłata za transport chłodniczy", "surcharge", "percent", ("discountable",)),
        ("CONTRACT", "Cena umowna", "replacement_price", "amount", ()),
        ("CLEARANCE", "Cena wyprzedażowa", "replacement_price", "amount", ("discountable",)),
    ):
        chosen = dict.fromkeys(flags, True)
        yield _COMPONENTS.row(code, code=code, name=name, kind=kind, value_kind=value_kind, **chosen)


def global_price_configuration(_company: Company) -> Iterator[SourceRow]:
    rows = {f"level.{level}": str(priority) for priority, level in enumerate(PRICE_LEVELS, start=1)}
    rows |= {
        "combination": "cascading",
        "vat_on": "total",
        "round_each_step": "0",
        "base_currency": "PLN",
        "maximum_discount_percent": "25",
    }
    for name, value in rows.items():
        yield _CONFIGURATION.row(name, name=name, value=value)
