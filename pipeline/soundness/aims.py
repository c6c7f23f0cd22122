"""Targets against one another: bounds, shares, milestones."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from normalizers.text import collapse, key
from pipeline.soundness.remark import Remark, Row, View

_NUMBERS = re.compile(r"\d+(?:[.,]\d+)*|(?:19|20)\d{2}")
_OVER_ALL = re.compile(r"tăng|vượt|so\s+với|gấp|bằng")


def share_of_a_whole(view: View) -> Iterator[Remark]:
    """A share lies between 0 and 100 percent; growth and comparisons ("tăng 150% so với năm 2020") may not."""
    for t in view.table("targets"):
        if t["unit_code"] != "pct" or _OVER_ALL.search(key(t["text_vi"])):
            continue
        for column in ("value_min", "value_max"):
            if t[column] is not None and not 0 <= t[column] <= 100:
                yield Remark(
                    "share_out_of_range", "warning", "source", "targets", t, column, f"a share of {t[column]:g} %", f"tỷ lệ {t[column]:g} %", "0 to 100", f"{t[column]:g}"
                )  # fmt: skip


def bounds_in_order(view: View) -> Iterator[Remark]:
    """The lower bound of a target or result lies below the upper, and a single value is both."""
    for table in ("targets", "results"):
        for t in view.table(table):
            low, high, value = t["value_min"], t["value_max"], t["value"]
            wrong = (low is not None and high is not None and low > high) or (
                t["value_kind"] == "exact" and value is not None and {low, high} != {value}
            )
            if wrong:
                yield Remark(
                    "bounds_differ", "error", "extraction", table, t, "value", f"{t['value_kind']} with bounds {low}, {high} and value {value}",
                    f"loại {t['value_kind']}, cận {low}, {high}, giá trị {value}", None, f"{low}, {value}, {high}",
                )  # fmt: skip


def milestones_rise(view: View) -> Iterator[Remark]:
    """A share that is to rise is higher at a later milestone: "năm 2025: 40% …; năm 2030: 70% …" of the same indicator in the same document;
    a count may be what comes on top."""
    for rows in view.by_source("targets").values():
        same: dict[tuple[str, str | None, str | None], list[Row]] = defaultdict(list)
        for t in rows:
            if (
                t["unit_code"] == "pct"
                and t["target_year"] is not None
                and t["value_min"] is not None
                and t["direction_code"] != "decrease"
            ):
                same[_indicator(t), t["unit_code"], t["value_kind"]].append(t)
        for (words, _, _), series in same.items():
            if len(words.split()) < 3:
                continue
            series.sort(key=lambda t: t["target_year"])
            for before, later in pairwise(series):
                if later["target_year"] > before["target_year"] and later["value_min"] < before["value_min"]:
                    yield Remark(
                        "milestone_falls", "warning", "source", "targets", later, "value_min",
                        f"{later['value_min']:g} in {later['target_year']} lies below {before['value_min']:g} in {before['target_year']}",
                        f"{later['value_min']:g} năm {later['target_year']} thấp hơn {before['value_min']:g} năm {before['target_year']}",
                        f"≥ {before['value_min']:g}", f"{later['value_min']:g}",
                    )  # fmt: skip


def _indicator(t: Row) -> str:
    """The words of a target without its numbers and years."""
    words = key(collapse(t["text_vi"]))
    words = re.sub(r"(?:đến\s+)?(?:cuối\s+|hết\s+)?năm\s+\d{4}\s*[:,]?", " ", words)
    return " ".join(_NUMBERS.sub(" ", words).strip(" -+*.;,:%").split())
