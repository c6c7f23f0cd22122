"""One request: within limits of time and size, to a machine that was looked at first, by a certificate that holds."""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

import certifi
import urllib3
from urllib3.exceptions import HTTPError, SSLError

from pipeline.ingest.addresses import AddressError, resolve
from pipeline.ingest.sources import Certificate

AGENT = "ke-hoach/{version} (+{contact})"
_KEPT_HEADERS = ("etag", "last-modified", "content-type", "content-disposition", "date", "retry-after", "location")
_CHUNK = 1 << 16


class FetchError(Exception):
    """Nothing came of a request; the message says why. `is_final`: the same request gives the same again."""

    def __init__(self, reason: str, is_final: bool = False) -> None:
        super().__init__(reason)
        self.is_final = is_final


@dataclass(frozen=True, slots=True)
class Question:
    """A request. `etag`, `last_modified`: what is known already; `certificate`: what the host is trusted by, None for the usual authorities."""

    url: str
    is_local: bool = False
    etag: str | None = None
    last_modified: str | None = None
    certificate: Certificate | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What came: status, some headers (small letters) and the body, unpacked."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Bounds:
    """Of a request: seconds until it is connected, seconds of silence, seconds in all, bytes."""

    connect: float = 10.0
    silence: float = 20.0
    whole: float = 120.0
    size: int = 100_000_000


class Fetcher:
    """Asks for addresses; may be used by several threads. `agent`: what it calls itself."""

    def __init__(self, agent: str, bounds: Bounds | None = None) -> None:
        self._agent = agent
        self._bounds = bounds or Bounds()
        self._pools: dict[tuple[object, ...], urllib3.HTTPConnectionPool] = {}
        self._lock = threading.Lock()

    def ask(self, question: Question) -> Answer:
        """The answer, whatever its status; redirections are answers. Raises FetchError."""
        parts = urlsplit(question.url)
        host, secure = parts.hostname or "", parts.scheme == "https"
        port = parts.port or (443 if secure else 80)
        try:
            number = resolve(host, port, question.is_local)
        except AddressError as problem:
            raise FetchError(str(problem), is_final=False) from None
        pool = self._pool(host, port, number, secure, question.certificate)
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        bounds = self._bounds
        try:
            response = pool.urlopen(
                "GET", target, headers=self._headers(parts.netloc, question), redirect=False, retries=False, preload_content=False, decode_content=True,
                timeout=urllib3.Timeout(connect=bounds.connect, read=bounds.silence),
            )  # fmt: skip
            try:
                return Answer(response.status, _kept(response.headers), self._body(response))
            finally:
                response.close()
        except SSLError as problem:
            raise FetchError(
                f"the certificate of {host} does not hold ({_short(problem)}): see docs/operations.md"
            ) from None
        except (HTTPError, OSError, ValueError) as problem:
            raise FetchError(f"{host} does not answer as it should ({_short(problem)})") from None

    def _headers(self, host: str, question: Question) -> dict[str, str]:
        headers = {
            "Host": host,
            "User-Agent": self._agent,
            "Accept-Encoding": "gzip, deflate",
            "Accept-Language": "vi, en;q=0.5",
        }
        if question.etag:
            headers["If-None-Match"] = question.etag
        if question.last_modified:
            headers["If-Modified-Since"] = question.last_modified
        return headers

    def _body(self, response: urllib3.BaseHTTPResponse) -> bytes:
        until = time.monotonic() + self._bounds.whole
        parts: list[bytes] = []
        size = 0
        while True:
            chunk = response.read1(_CHUNK)
            if not chunk:
                return b"".join(parts)
            parts.append(chunk)
            size += len(chunk)
            if size > self._bounds.size:
                raise FetchError(f"more than {self._bounds.size // 1_000_000} MB: left", is_final=True)
            if time.monotonic() > until:
                raise FetchError(f"not complete after {self._bounds.whole:.0f} seconds")

    def _pool(
        self, host: str, port: int, number: str, secure: bool, certificate: Certificate | None
    ) -> urllib3.HTTPConnectionPool:
        key = (host, port, number, secure, certificate)
        with self._lock:
            if key not in self._pools:
                self._pools[key] = (
                    _secure_pool(host, port, number, certificate)
                    if secure
                    else urllib3.HTTPConnectionPool(number, port, maxsize=2)
                )
            return self._pools[key]


def _secure_pool(host: str, port: int, number: str, certificate: Certificate | None) -> urllib3.HTTPSConnectionPool:
    """A pinned certificate takes the place of the authorities, which often do not know the chain of an old host; it is never left unchecked."""
    if certificate is None:
        context = ssl.create_default_context(cafile=certifi.where())
        return urllib3.HTTPSConnectionPool(
            number, port, maxsize=2, ssl_context=context, server_hostname=host, assert_hostname=host
        )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    if certificate.is_old:
        context.minimum_version = ssl.TLSVersion.TLSv1
        context.set_ciphers("DEFAULT@SECLEVEL=0")
    return urllib3.HTTPSConnectionPool(
        number, port, maxsize=2, ssl_context=context, server_hostname=host, assert_hostname=False, assert_fingerprint=certificate.sha256
    )  # fmt: skip


def _kept(headers: Mapping[str, str]) -> dict[str, str]:
    return {name: value[:1000] for name in _KEPT_HEADERS if (value := headers.get(name)) is not None}


def _short(problem: Exception) -> str:
    """What went wrong, in the words of the library, without its addresses of objects."""
    words = " ".join(str(problem).split())
    return (words.rpartition("): ")[2] or words or type(problem).__name__)[:160]
