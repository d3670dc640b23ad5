"""Translates connection failures; each cause that a person can do something about has its own error code."""

import errno
import socket
import ssl
from collections.abc import Iterator
from contextlib import suppress
from typing import Final
from urllib.parse import urlsplit

import httpx

from salesapp import clock
from salesapp.errors import GatewayError, NetworkError, UserFacingError

_NO_WAY: Final = frozenset({errno.ENETUNREACH, errno.ENETDOWN, errno.EADDRNOTAVAIL})
_UNKNOWN_NAME: Final = frozenset({socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)})
_OUTSIDE: Final = ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1"))
"""Addresses reserved for documentation, which no computer has (RFC 5737, RFC 3849)."""
_DATE: Final = frozenset({9, 10, 0x800B0101, 0x800B0102})
_NAME: Final = frozenset({62, 64, 0x800B010F})
"""Error numbers of OpenSSL and Windows for an expired certificate and for a wrong name. macOS has texts only."""
_CODES: Final[tuple[tuple[type[Exception], str], ...]] = (
    (httpx.ProxyError, "network.captive_portal"),
    (httpx.TimeoutException, "network.timeout"),
    (httpx.InvalidURL, "network.bad_address"),
    (httpx.UnsupportedProtocol, "network.bad_address"),
)


def translate(error: Exception, url: str) -> UserFacingError:
    """Translates an error of httpx or the operating system."""
    refused = _certificate(error, url)
    if refused is not None:
        return refused
    if isinstance(error, httpx.ConnectTimeout | httpx.ConnectError):
        return _no_answer(error, url)
    if isinstance(error, httpx.DecodingError | httpx.TooManyRedirects | httpx.LocalProtocolError):
        return GatewayError("gateway.malformed", reason=type(error).__name__)
    code = next((code for kind, code in _CODES if isinstance(error, kind)), "")
    return NetworkError(code, url=url) if code else NetworkError("network.cut")


def _no_answer(error: Exception, url: str) -> NetworkError:
    """Returns the likely reason for no answer: no network, an unknown host, or a silent gateway."""
    causes = tuple(_causes(error))
    unnamed = next((cause for cause in causes if isinstance(cause, socket.gaierror)), None)
    no_way = any(isinstance(cause, OSError) and cause.errno in _NO_WAY for cause in causes)
    if (unnamed is not None or no_way) and not has_network():
        return NetworkError("network.no_network", url=url)
    if unnamed is not None and unnamed.errno in _UNKNOWN_NAME:
        return NetworkError("network.unknown_host", host=urlsplit(url).hostname or url)
    return NetworkError("network.unreachable", url=url)


def has_network() -> bool:
    """Whether this device has a route to other computers. Connecting a datagram socket finds it and sends nothing."""
    for family, address in _OUTSIDE:
        with suppress(OSError), socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.connect((address, 9))
            return True
    return False


def _certificate(error: BaseException, url: str) -> NetworkError | None:
    """Returns what is wrong with the certificate, or None if that is not the cause."""
    for cause in _causes(error):
        if isinstance(cause, ssl.SSLCertVerificationError) and cause.verify_message:
            number, reason = cause.verify_code & 0xFFFFFFFF, cause.verify_message.rstrip(".")
            if number in _DATE or "expired" in reason or "not yet valid" in reason:
                today = clock.today().isoformat()
                return NetworkError("network.certificate_date", url=url, date=today, reason=reason)
            if number in _NAME:
                return NetworkError("network.certificate_name", url=url, reason=reason)
            return NetworkError("network.untrusted", url=url, reason=reason)
    if any("CERTIFICATE_VERIFY_FAILED" in str(cause) for cause in _causes(error)):
        return NetworkError("network.untrusted", url=url, reason="it cannot be verified")
    return None


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """Yields an error and its causes."""
    while error is not None:
        yield error
        if isinstance(error, BaseExceptionGroup):
            for part in error.exceptions:
                yield from _causes(part)
        error = error.__cause__ or error.__context__
