"""How often a host is asked: never more often than its source says, more slowly where the host asks for it."""

from __future__ import annotations

import email.utils
import re
from datetime import datetime

_DIGITS = re.compile(r"[0-9]+")
_SLOWEST = 60.0  # seconds between two requests
_TRIED = (
    2.0  # factor by which a busy host is asked more slowly, and by which it is asked faster again after some answers
)
_GOOD = 5  # answers
_QUICK = 0.05  # seconds: what a busy host is slowed down from when its source sets no pace
_REST = 1.0  # seconds that a busy host gets when it does not say how many it wants


class Pace:
    """Times are seconds of a clock that only goes forward."""

    def __init__(self) -> None:
        self._least: dict[str, float] = {}
        self._seconds: dict[str, float] = {}
        self._free: dict[str, float] = {}
        self._good: dict[str, int] = {}

    def require(self, host: str, seconds: float) -> None:
        """At least so many seconds between two requests; the larger of two wishes counts."""
        self._least[host] = max(self._least.get(host, 0.0), seconds)
        self._seconds[host] = max(self._seconds.get(host, 0.0), self._least[host])

    def free_at(self, host: str) -> float:
        """When the next request may begin."""
        return self._free.get(host, 0.0)

    def ended(self, host: str, now: float) -> None:
        """A request has ended: the next one waits from now on, so that the host sees no two of them nearer to each other than it was promised."""
        self._free[host] = now + self._seconds.get(host, 0.0)

    def went_well(self, host: str) -> None:
        """The host answered: after some answers it is asked as before."""
        self._good[host] = self._good.get(host, 0) + 1
        if self._good[host] >= _GOOD:
            self._good[host] = 0
            slower = self._seconds.get(host, 0.0) / _TRIED
            self._seconds[host] = max(self._least.get(host, 0.0), slower if slower > _QUICK else 0.0)

    def is_busy(self, host: str, now: float, wait: float | None) -> None:
        """The host said that it is asked too often (429, 503). `wait`: seconds it asks for, None when it does not say."""
        self._good[host] = 0
        self._seconds[host] = min(_SLOWEST, max(_QUICK, self._seconds.get(host, 0.0)) * _TRIED)
        rest = _REST if wait is None else wait
        self._free[host] = max(self.free_at(host), now + max(self._seconds[host], rest))


def seconds_of(retry_after: str | None, now: datetime) -> float | None:
    """Seconds that a header Retry-After asks for: a number ("120") or a day ("Sat, 28 Nov 2026 12:00:00 GMT"); None for neither."""
    if not retry_after:
        return None
    if _DIGITS.fullmatch(retry_after.strip()):
        return float(retry_after.strip()[:9])
    try:
        return max(0.0, (email.utils.parsedate_to_datetime(retry_after) - now).total_seconds())
    except (TypeError, ValueError, OverflowError):
        return None
