"""What an order's page says at its top: a copy that differs, changed prices, a new day, what no longer holds."""

from collections.abc import Callable
from datetime import datetime

from salesapp.domain.documents import Cart
from salesapp.services.rejections import Rejection
from salesapp.views import formats
from salesapp.views.labels import error, translate
from salesapp.views.parts import scan_words
from salesapp.views.parts.states import MessageBar


def show_difference(message: MessageBar, before: str, after: str, show: Callable[[], None]) -> None:
    """Shows that a copy has another total than its original, both as amounts with currency; `show` lists the lines."""
    message.show_message(
        "warning",
        lambda: translate("OrderPage", "This copy differs"),
        lambda: translate("OrderPage", "It was {before}, at today's prices it is {after}.").format(
            before=before, after=after
        ),
        lambda: translate("OrderPage", "Show"),
        act=show,
    )


def show_renewed(message: MessageBar, cart: Cart, count: int, *, is_new_day: bool, show: Callable[[], None]) -> None:
    """Shows that `count` prices have changed, which `show` lists, or that the order has today's date now."""
    message.show_message(
        "warning" if count else "note",
        lambda: formats.plural("OrderPage", "%n prices have changed", count) if count else _new_day(),
        lambda: _dates(cart) if is_new_day else translate("OrderPage", "It is priced with the newest data now."),
        lambda: translate("OrderPage", "Show") if count else translate("OrderPage", "Close"),
        act=show if count else None,
    )


def _new_day() -> str:
    return translate("OrderPage", "It has today's date now")


def _dates(cart: Cart) -> str:
    words = translate("OrderPage", "Dated {day}, delivery on {delivery}; today's prices and promotions count.")
    return words.format(day=_day(cart.issued_on), delivery=_day(cart.delivery_on or cart.issued_on))


def _day(text: str) -> str:
    return formats.short_date(datetime.fromisoformat(text))


def show_amounts_gone(message: MessageBar) -> None:
    """Shows that own prices and amounts were removed with the currency that they were in."""
    message.show_message(
        "warning",
        lambda: translate("OrderPage", "Own prices and amounts were removed"),
        lambda: translate("OrderPage", "They were in the other currency. Discounts in percent stay."),
        lambda: translate("OrderPage", "Close"),
    )


def show_rejection(message: MessageBar, rejection: Rejection) -> None:
    """Shows why the document was rejected, and what helps, while it is corrected."""

    def why() -> str:
        sentences = error(rejection.code, dict(rejection.params))
        return f"{sentences.why} {sentences.helps}"

    message.show_message(
        "failed",
        lambda: translate("OrderPage", "It was rejected"),
        why,
        lambda: translate("OrderPage", "Close"),
    )


def show_unsigned(message: MessageBar) -> None:
    """Shows that the signature was removed because the content has changed."""
    message.show_message(
        "warning",
        lambda: translate("OrderPage", "The signature was removed"),
        lambda: translate("OrderPage", "The content has changed since it was signed. Have it signed again."),
        lambda: translate("OrderPage", "Close"),
    )


def show_unknown(message: MessageBar, code: str) -> None:
    """Shows that a scanned code belongs to no item."""
    message.show_message("failed", *scan_words.unknown(code), lambda: translate("OrderPage", "Close"), about="scan")
