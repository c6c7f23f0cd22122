"""What robots.txt of a host allows, kept for a day."""

from __future__ import annotations

from datetime import datetime, timedelta

from protego import Protego

from pipeline.ingest.frontier import Frontier

ADDRESS = "/robots.txt"
NAME = "ke-hoach"  # what rules call this program
_KEPT = timedelta(days=1)
_LONGEST = 500_000  # letters that are read, as RFC 9309 asks


class Robots:
    """The rules that were asked for, by origin."""

    def __init__(self, frontier: Frontier) -> None:
        self._frontier = frontier
        self._rules: dict[str, Protego] = {}

    def is_known(self, origin: str, now: datetime) -> bool:
        """Whether the rules of an origin are at hand and not older than a day."""
        if origin in self._rules:
            return True
        kept = self._frontier.robots(origin)
        if kept is None or now - kept[3] >= _KEPT:
            return False
        self._rules[origin] = Protego.parse(kept[0])
        return True

    def validators(self, origin: str) -> tuple[str | None, str | None]:
        """ETag and Last-Modified of the rules that are kept."""
        kept = self._frontier.robots(origin)
        return (kept[1], kept[2]) if kept else (None, None)

    def learn(self, origin: str, status: int, body: bytes, headers: dict[str, str], now: datetime) -> bool:
        """Takes in an answer (RFC 9309): where there is none, everything is allowed. False for an answer that says neither."""
        kept = self._frontier.robots(origin)
        if status == 304 and kept is not None:
            text = kept[0]
            headers = {"etag": kept[1] or "", "last-modified": kept[2] or ""} | headers
        elif status == 200:
            text = body[:_LONGEST].decode("utf-8", "replace")
        elif 400 <= status < 500 and status != 429:
            text = ""
        else:
            return False
        self._rules[origin] = Protego.parse(text)
        self._frontier.keep_robots(origin, text, {k: v for k, v in headers.items() if v}, now)
        return True

    def allows(self, url: str, origin: str) -> bool:
        """Whether an address may be asked, by rules that are known."""
        return bool(self._rules[origin].can_fetch(url, NAME))

    def delay(self, origin: str) -> float:
        """Seconds between two requests that the host asks for, by rules that are known."""
        return float(self._rules[origin].crawl_delay(NAME) or 0.0)
