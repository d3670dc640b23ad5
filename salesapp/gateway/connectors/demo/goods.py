"""The demo company's items: cards, units, stock, groups and their links."""

from collections.abc import Iterator
from decimal import Decimal

from salesapp.gateway.connectors.base import SourceRow
from salesapp.gateway.connectors.demo.assortment import Product
from salesapp.gateway.connectors.demo.company import Company
from salesapp.gateway.connectors.rows import builder

CHOICES = (("Selections",), ("Selections", "Recommended"), ("Selections", "Recommended", "New this month"),
           ("Selections", "Recommended", "Best sellers"))  # fmt: skip
"""Groups outside the tree of ranges; an item can be in several."""

_FORMS = builder("items.forms")
_UNITS = builder("items.units")
_RESOURCES = builder("items.resources")
_GROUPS = builder("items.groups")
_LINKS = builder("items.group_links")

_KINDS = {"gift-box": "set", "breakfast": "set", "takeaway-box": "packaging", "shopping-bags": "packaging"}
_STORAGE = {
    "Frozen food": "Keep frozen at -18 °C or colder.",
    "Dairy and eggs": "Przechowywać w temperaturze od 2 do 8 °C.",
    "Meat and fish": "Przechowywać w temperaturze od 0 do 4 °C.",
    "Fruit and vegetables": "Quality class I, origin see label.",
    "Alcohol": "Sprzedaż wyłącznie osobom pełnoletnim.",
    "Bakery": "Baked daily, delivered before 7 a.m.",
}
_STANDARD_STORAGE = "Keep dry and protect from light."
_PALLET_KG = 20
_MILLION = 1_000_000


def is_new(number: int) -> bool:
    return number % 17 == 3


def is_bestseller(number: int) -> bool:
    return number % 11 == 2


def forms(company: Company) -> Iterator[SourceRow]:
    for number in range(company.items):
        product = company.assortment.product(number)
        goods, grams = product.range, product.pack.grams
        yield _FORMS.row(
            product.code,
            code=product.code,
            name=product.name,
            ean=ean(number),
            kind=_KINDS.get(goods.picture, "goods"),
            vat_rate=goods.vat,
            tax_class=f"PL-{goods.vat}",
            base_unit=goods.unit,
            sales_unit="box" if number % 9 == 4 else goods.unit,
            net_weight_kg=grams * 10,
            gross_weight_kg=grams * 10 * 107 // 100,
            manufacturer=f"{product.brand} Sp. z o.o.",
            description=f"{product.product}, {product.pack.text}. {_STORAGE.get(goods.group[0], _STANDARD_STORAGE)}",
            is_new=is_new(number),
            is_bestseller=is_bestseller(number),
            has_free_shipping=number % 23 == 5,
            is_active=number % 97 != 96,
            **_minimum_prices(company, number),
        )


def _minimum_prices(company: Company, number: int) -> dict[str, object]:
    """A seventh of the items has a minimum price (in stored form), a third of these another one in the van."""
    if number % 7 != 3:
        return {}
    price = company.assortment.price(number)
    in_van = {"profile": "van", "value": f"{Decimal(price * 96 // 100).scaleb(-2):f}"}
    return {"minimum_price": price * 86 // 100 * 100, "minimum_prices": [in_van] if number % 21 == 3 else []}


def ean(number: int) -> str:
    """Returns an EAN-13 with its check digit, with a prefix reserved for use inside a company."""
    digits = f"29{number:010d}"
    total = sum(int(digit) * (1, 3)[position % 2] for position, digit in enumerate(digits))
    return f"{digits}{-total % 10}"


def units(company: Company) -> Iterator[SourceRow]:
    for number in range(company.items):
        product = company.assortment.product(number)
        code, base, boxed = product.code, product.range.unit, product.pieces_per_box
        sells_boxes = number % 9 == 4
        yield _unit(product, base, 1, is_default_sales=not sells_boxes)
        yield _unit(product, "box", boxed, is_default_sales=sells_boxes)
        yield _unit(product, "pallet", boxed * product.boxes_per_pallet)
        if base == "pcs" and product.range.packs[0].grams == product.pack.grams:
            content = "l" if product.pack.is_liquid else "kg"
            yield _UNITS.row(
                f"{code}/{content}",
                item=code,
                unit=content,
                numerator=_MILLION,
                denominator=product.pack.grams * 1000,
            )


def _unit(product: Product, unit: str, factor: int, *, is_default_sales: bool = False) -> SourceRow:
    return _UNITS.row(
        f"{product.code}/{unit}",
        item=product.code,
        unit=unit,
        numerator=factor * _MILLION,
        denominator=_MILLION,
        ean=f"{ean(product.number)[:12]}-{factor}" if factor > 1 else ean(product.number),
        gross_weight_kg=(product.pack.grams * factor * 107 // 100 + (_PALLET_KG * 1000 if unit == "pallet" else 0))
        * 10,
        is_default_sales=is_default_sales,
        is_allowed=True,
    )


def resources(company: Company) -> Iterator[SourceRow]:
    dice = company.chance("items.resources")
    as_of = company.moment(0, 5, 30)
    for number in range(company.items):
        code = company.assortment.code(number)
        for warehouse, is_kept, most in (
            ("CENTRAL", True, 900),
            ("COLD", number % 3 == 0, 400),
            ("VAN1", number % 4 == 1, 40),
            ("VAN2", number % 4 == 2, 40),
        ):
            if is_kept:
                quantity = 0 if dice.random() < 0.06 else dice.randrange(1, most)  # sometimes sold out
                yield _RESOURCES.row(
                    f"{code}/{warehouse}", item=code, warehouse=warehouse, quantity=quantity * 10_000, as_of=as_of
                )


def group_codes(company: Company) -> dict[tuple[str, ...], str]:
    """Returns the code of each group by its path: two digits per level."""
    codes: dict[tuple[str, ...], str] = {(): ""}
    children: dict[tuple[str, ...], int] = {}
    for path in (*company.assortment.groups(), *CHOICES):
        parent = path[:-1]
        children[parent] = children.get(parent, 0) + 1
        codes[path] = f"{codes[parent]}{children[parent]:02d}"
    del codes[()]
    return codes


def groups(company: Company) -> Iterator[SourceRow]:
    codes = group_codes(company)
    for path, code in codes.items():
        yield _GROUPS.row(code, code=code, name=path[-1], parent=codes.get(path[:-1]), position=int(code[-2:]))


def group_links(company: Company) -> Iterator[SourceRow]:
    codes = group_codes(company)
    *_, new, best = (codes[path] for path in CHOICES)
    for number in range(company.items):
        item = company.assortment.code(number)
        own = codes[company.assortment.range_of(number).group]
        for group in (own, *((new,) if is_new(number) else ()), *((best,) if is_bestseller(number) else ())):
            yield _LINKS.row(f"{item}/{group}", item=item, item_group=group)
