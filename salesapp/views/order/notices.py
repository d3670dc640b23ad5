"""What an order's page says at its top: a copy that differs, a signature that no longer holds."""

from salesapp.views.labels import translate
from salesapp.views.parts.states import MessageBar


def show_difference(message: MessageBar, before: str, after: str) -> None:
    """Shows that a copy has another total than its original; both as amounts with currency."""
    message.show_message(
        "warning",
        lambda: translate("OrderPage", "This copy differs"),
        lambda: translate("OrderPage", "It was {before}, at today's prices it is {after}.").format(
            before=before, after=after
        ),
        lambda: translate("OrderPage", "Show"),
    )


def show_unsigned(message: MessageBar) -> None:
    """Shows that the signature was removed because the content has changed."""
    message.show_message(
        "warning",
        lambda: translate("OrderPage", "The signature was removed"),
        lambda: translate("OrderPage", "The content has changed since it was signed. Have it signed again."),
        lambda: translate("OrderPage", "Close"),
    )
