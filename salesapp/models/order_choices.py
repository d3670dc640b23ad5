"""The choices of an order's header: payment forms, currencies, warehouses, addresses, discount limit."""

from dataclasses import dataclass
from decimal import Decimal

from salesapp.domain.addresses import in_one_line
from salesapp.domain.documents import Cart
from salesapp.domain.objects.customers import Customer
from salesapp.domain.objects.directories import Currency, PaymentForm, Warehouse
from salesapp.services import order_checks, price_rows
from salesapp.store.account_stores import AccountStores
from salesapp.store.alphabet import BY_NAME


@dataclass(frozen=True, slots=True)
class OrderChoices:
    """Choices as (value, label)."""

    payment_forms: tuple[tuple[int, str], ...]
    form_discounts: dict[int, Decimal]
    """The discounts of payment forms that have one, in percent; below zero for a surcharge."""
    currencies: tuple[tuple[str, str], ...]
    warehouses: tuple[tuple[int, str], ...]
    addresses: tuple[str, ...]
    maximum_discount: Decimal
    """In percent: the part of the limit that the lines leave."""


def read_choices(stores: AccountStores, cart: Cart) -> OrderChoices:
    """Returns the choices that the profile and the customer allow."""
    profile = price_rows.profile_of(stores.catalog)
    forms, homes = (profile.payment_forms, profile.warehouses) if profile else ((), ())
    all_forms = stores.catalog.all(PaymentForm, order=BY_NAME)
    allowed = [form for form in all_forms if not forms or form.code in forms]
    customer = stores.catalog.one(Customer, cart.customer)
    addresses = [in_one_line(address) for address in customer.addresses] if customer else []
    if cart.delivery_address and customer is None:
        addresses.insert(0, cart.delivery_address)
    given = max((line.discount_percent for line in cart.lines), default=Decimal())
    return OrderChoices(
        payment_forms=tuple((form.id, form.name) for form in allowed),
        form_discounts={form.id: form.discount_percent for form in allowed if form.discount_percent},
        currencies=tuple(
            (currency.code, f"{currency.code} {currency.name}")
            for currency in stores.catalog.all(Currency, order="is_base DESC, code")
        ),
        warehouses=tuple(
            (warehouse.id, warehouse.name)
            for warehouse in stores.catalog.all(Warehouse, order=BY_NAME)
            if not homes or warehouse.code in homes
        ),
        addresses=tuple(dict.fromkeys(entry for entry in addresses if entry)),
        maximum_discount=max(order_checks.discount_limit_of(stores) - given, Decimal()),
    )
