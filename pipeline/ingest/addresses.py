"""Addresses of the web: one form for each, and which of them may be asked."""

from __future__ import annotations

import ipaddress
import re
import socket
from pathlib import PurePosixPath
from urllib.parse import quote, unquote, urljoin, urlsplit, urlunsplit

_LONGEST = 2000
_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|phpsessid|jsessionid|zarsrc", re.IGNORECASE)
_SESSION = re.compile(r";jsessionid=[^/?#]*", re.IGNORECASE)
_PORTS = {"http": 80, "https": 443}
_SAFE = "/:@!$&'()*+,;=~-._%"
_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")  # numbers of the old kind, as NAT64 writes them
_SUFFIX = re.compile(r"\.[a-z0-9]{1,5}")


class AddressError(ValueError):
    """An address that is not asked; the message says why."""


def normal(url: str, base: str | None = None) -> str | None:
    """The one form of an address: absolute, host in small letters, without fragment, marks of visits and the usual port. None for what is no address
    of the web (mailto:, javascript:, broken ones)."""
    try:
        parts = urlsplit(urljoin(base, url.strip()) if base else url.strip())
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    if parts.scheme not in _PORTS or not host or len(url) > _LONGEST or parts.username or parts.password:
        return None
    try:
        host = host.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return None
    where = f"[{host}]" if ":" in host else host
    if port is not None and port != _PORTS[parts.scheme]:
        where += f":{port}"
    kept = [part for part in parts.query.split("&") if part and not _TRACKING.fullmatch(part.partition("=")[0])]
    try:
        query = quote("&".join(kept), safe=_SAFE + "?[]")
        path = quote(_SESSION.sub("", _without_dots(parts.path) or "/"), safe=_SAFE)
    except UnicodeError:
        return None
    return urlunsplit((parts.scheme, where, path, query, ""))


def _without_dots(path: str) -> str:
    kept: list[str] = []
    for part in path.split("/"):
        if part == "..":
            kept = kept[:-1] if len(kept) > 1 else kept
        elif part != ".":
            kept.append(part)
    return "/".join(kept)


def host_of(url: str) -> str:
    """Host and port: what a rate is kept for."""
    return urlsplit(url).netloc


def origin_of(url: str) -> str:
    """Scheme, host and port: what a robots.txt speaks for."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def ending_of(url: str) -> str:
    """The ending of the file that an address names, in small letters without the point; "" for none."""
    suffix = PurePosixPath(unquote(urlsplit(url).path)).suffix.lower()
    return suffix[1:] if _SUFFIX.fullmatch(suffix) else ""


def resolve(host: str, port: int, is_local: bool) -> str:
    """The number of the machine that is asked for a host. Raises AddressError for machines of this network, unless the source is marked local.

    Every number of the host is looked at, and the one returned is the one to connect to: a name that points elsewhere a moment later gains nothing.
    """
    try:
        found = [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError):
        raise AddressError(f"{host} is not known: check the address, or the connection of this machine") from None
    if not is_local and (inside := [n for n in found if not _is_public(n)]):
        raise AddressError(
            f"{host} is {inside[0]}, a machine of the own network: mark the source `local: true` if that is meant"
        )
    return found[0]


def _is_public(number: str) -> bool:
    address = ipaddress.ip_address(number.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        translated = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF) if address in _TRANSLATED else None
        inner = address.ipv4_mapped or address.sixtofour or translated
        if inner is not None:
            return _is_public(str(inner))
        if address.is_site_local or int(address) >> 32 == 0:
            return False
    return address.is_global and not address.is_multicast
