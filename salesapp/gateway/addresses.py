"""Network addresses: which ones count as one client, and which proxies are trusted to name their client."""

import ipaddress
from collections.abc import Iterable

from salesapp.errors import UsageError

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
_MAPPED = 96
"""Bits before an IPv4 address written as an IPv6 address."""
_SITE = 64
"""The prefix that a provider gives one customer, who chooses the other bits of the IPv6 address freely."""


def plain_address(text: str) -> str:
    """Returns an address in its canonical form; "unknown" for anything else that a proxy may send."""
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return "unknown"
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return str(address)


def group_of(text: str) -> str:
    """Returns what counts as one client: an IPv4 address, or the /64 of an IPv6 address."""
    plain = plain_address(text)
    if ":" not in plain or ipaddress.ip_address(plain).is_loopback:
        return plain
    return str(ipaddress.ip_network((plain, _SITE), strict=False))


class Proxies:
    """The proxies whose X-Forwarded-For is trusted."""

    def __init__(self, networks: Iterable[Network] = ()) -> None:
        self._networks = tuple(networks)

    @classmethod
    def parse(cls, texts: Iterable[str]) -> "Proxies":
        """Reads addresses and networks (10.0.0.0/24). Raises UsageError for anything else."""
        try:
            return cls(ipaddress.ip_network(text.strip(), strict=False) for text in texts)
        except ValueError as error:
            raise UsageError(f"--trusted-proxy takes an address or a network like 10.0.0.0/24: {error}") from error

    def __bool__(self) -> bool:
        return bool(self._networks)

    def __contains__(self, text: object) -> bool:
        try:
            address = ipaddress.ip_address(plain_address(str(text)))
        except ValueError:
            return False
        return any(address in network for network in self._networks)

    def as_listed(self) -> list[str]:
        """Returns the list for uvicorn, which compares texts: an IPv4 address over IPv6 looks different."""
        mapped = [
            f"::ffff:{network.network_address}/{_MAPPED + network.prefixlen}"
            for network in self._networks
            if network.version == 4
        ]
        return [*map(str, self._networks), *mapped]
