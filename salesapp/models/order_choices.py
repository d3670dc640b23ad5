"""What the header of an order offers: payment forms, currencies, warehouses, addresses, the limit of discounts."""

from dataclasses import dataclass
from decimal import Decimal

from salesapp.domain.documents import Cart, address_line
from salesapp.services import order_checks, price_rows
from salesapp.store.account_stores import AccountStores
from salesapp.store.alphabet import BY_NAME


@dataclass(frozen=True, slots=True)
class OrderChoices:
    """Pairs of value and words."""

    payment_forms: tuple[tuple[int, str], ...]
    currencies: tuple[tuple[str, str], ...]
    warehouses: tuple[tuple[int, str], ...]
    addresses: tuple[str, ...]
    maximum_discount: Decimal
    """In percent, of what the lines leave of the limit."""


def read_choices(stores: AccountStores, cart: Cart) -> OrderChoices:
    """What the profile and the customer allow."""
    profile = price_rows.profile_of(stores.catalog) or {}
    forms, homes = profile.get("payment_forms"), profile.get("warehouses")
    row = stores.catalog.row("customers.customers", cart.customer)
    addresses = [address_line(entry) for entry in row["addresses"]] if row else []
    if cart.delivery_address:
        addresses.insert(0, cart.delivery_address)
    given = max((line.discount_percent for line in cart.lines), default=Decimal())
    return OrderChoices(
        payment_forms=tuple(
            (entry["id"], entry["name"])
            for entry in stores.catalog.rows("directories.payment_forms", order=BY_NAME)
            if not forms or entry["code"] in forms
        ),
        currencies=tuple(
            (entry["code"], f"{entry['code']} {entry['name']}")
            for entry in stores.catalog.rows("directories.currencies", order="is_base DESC, code")
        ),
        warehouses=tuple(
            (entry["id"], entry["name"])
            for entry in stores.catalog.rows("directories.warehouses", order=BY_NAME)
            if not homes or entry["code"] in homes
        ),
        addresses=tuple(dict.fromkeys(entry for entry in addresses if entry)),
        maximum_discount=max(order_checks.discount_limit_of(stores) - given, Decimal()),
    )
