"""The options of `gateway serve` that limit what one address and one user may use."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import click

from salesapp.cli.boundary import guarded
from salesapp.gateway.addresses import Proxies
from salesapp.gateway.doors import MOST_CONNECTIONS, MOST_OF_ONE_ADDRESS, DoorLimits
from salesapp.gateway.quotas import MEGABYTE, Quotas

QUOTAS = (
    ("--quota-records", "records_a_day", 1, "Records of one user in 24 hours."),
    ("--quota-records-mb", "bytes_a_day", MEGABYTE, "Megabytes of such records."),
    ("--quota-undelivered", "undelivered", 1, "Records of one user that the ERP has not decided."),
    ("--quota-undelivered-mb", "undelivered_bytes", MEGABYTE, "Megabytes of such records."),
    ("--quota-files-mb", "file_bytes_a_day", MEGABYTE, "Megabytes of files of one user in 24 hours."),
    ("--quota-files-total-mb", "file_bytes", MEGABYTE, "Megabytes of all files of one user."),
)
"""Option, field of `Quotas`, unit, help."""


def limit_options(function: Callable[..., None]) -> Callable[..., None]:
    """Adds the options; passes them to the function as `limits`, `proxies` and `quotas`."""

    @wraps(function)
    def with_limits(
        *, proxies: tuple[str, ...], max_connections: int, max_connections_per_address: int, **values: Any
    ) -> None:
        quotas = Quotas(**{field: values.pop(field) * unit for _option, field, unit, _help in QUOTAS})
        limits = DoorLimits(max_connections, max_connections_per_address)
        function(limits=limits, proxies=Proxies.parse(proxies), quotas=quotas, **values)

    decorated: Callable[..., None] = guarded(with_limits)  # reports a wrong proxy like any wrong usage
    for option in reversed(_options()):
        decorated = option(decorated)
    return decorated


def _options() -> list[Callable[[Callable[..., None]], Callable[..., None]]]:
    proxy_help = "A proxy whose X-Forwarded-For is trusted: an address, or a network like 10.0.0.0/24. Repeatable."
    return [
        click.option("--trusted-proxy", "proxies", multiple=True, metavar="ADDRESS", help=proxy_help),
        _number("--max-connections", "max_connections", MOST_CONNECTIONS, 8, "Simultaneous connections."),
        _number(
            "--max-connections-per-address",
            "max_connections_per_address",
            MOST_OF_ONE_ADDRESS,
            4,
            "Connections of one address; eight for each tablet behind one router.",
        ),
        *(_number(option, field, getattr(Quotas(), field) // unit, 1, text) for option, field, unit, text in QUOTAS),
    ]


def _number(
    option: str, name: str, default: int, least: int, text: str
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    return click.option(option, name, type=click.IntRange(least), default=default, show_default=True, help=text)
