"""A page for each document: its text with every row in its place, the rows beside it, and its pages where they are pictures."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from extractors.document import Table
from pipeline.review.boxes import Quote
from pipeline.review.labels import Labels
from pipeline.review.links import web_address
from pipeline.review.marks import Segment, segments
from pipeline.review.originals import NOTHING, Seen
from pipeline.review.render import both, day, grouped, page
from pipeline.review.rows import SHOWN, PlacedRow, as_data
from pipeline.review.shelf import Row

_AROUND = 100  # characters on both sides of a quote by which its place on a page is found
_UNREAD = ("amount_unused", "share_unused")
_NOT_COLOURED = frozenset({"sections"})


@dataclass(frozen=True, slots=True)
class Read:
    """A document with what was read from it: its text (None where there is none), its rows in the order of the page, the plans it speaks of
    and how much of it was read."""

    document: Row
    text: str | None
    rows: Sequence[PlacedRow]
    plans: Sequence[Row]
    recall: Sequence[Row]


def document_page(read: Read, labels: Labels, release: str, seen: Seen = NOTHING, same_as: str | None = None) -> str:
    """The page of a document. `seen`: what its file showed; `same_as`: the page of the document that is read instead."""
    data = as_data(read.rows, labels)
    if seen.boxes:
        data["boxes"] = dict(seen.boxes)
    counts = Counter(r.table for r in read.rows)
    return page(
        "document.html", root="../", release=release, scripts=("correction.js", "document.js"), document=read.document,
        facts=list(_facts(read.document, labels, same_as)),
        plans=[p | {"role": labels.of("plan_document_role", p["role_code"])} for p in read.plans],
        recall=[r | {"kind": labels.of("recall_kind", r["kind_code"])} for r in read.recall],
        blocks=_blocks(read, seen.tables) if read.text else [], pictures=seen.heights,
        legend=[(t, counts[t]) for t in SHOWN if counts[t] and t not in _NOT_COLOURED], data=data | {"path": read.document["path"]},
    )  # fmt: skip


def quotes_of(read: Read) -> dict[int, Quote]:
    """The quotes to be found on the pages, by the number of their row."""
    found = {}
    for n, r in enumerate(read.rows):
        if r.span is not None and r.row["page"] is not None and r.table not in _NOT_COLOURED and read.text:
            start, end = r.span
            before, behind = read.text[max(0, start - _AROUND) : start], read.text[end : end + _AROUND]
            found[n] = Quote(read.text[start:end], before, behind, r.row["page"])
    return found


def _blocks(read: Read, tables: Sequence[Table]) -> list[dict[str, Any]]:
    """The text in pieces, those of a table by its rows and cells; what stands between two cells is at the end of the first, so that nothing is lost."""
    text, tables = read.text or "", [t for t in tables if t.cells]
    cuts = [at for t in tables for at in (t.start, t.end, *(at for c in t.cells for at in (c.start, c.end)))]
    pieces = deque(segments(text, [r.span for r in read.rows], cuts))

    def until(end: int) -> list[dict[str, Any]]:
        found = []
        while pieces and pieces[0].start < end:
            found.append(_piece(pieces.popleft(), read.rows))
        return found

    blocks: list[dict[str, Any]] = []
    for table in tables:
        blocks.append({"pieces": until(table.start)})
        rows: dict[int, list[dict[str, Any]]] = {}
        for cell, behind in zip(table.cells, [*(c.start for c in table.cells[1:]), table.end], strict=True):
            spans = {"row_span": cell.row_span, "column_span": cell.column_span}
            rows.setdefault(cell.row, []).append({"pieces": until(behind)} | spans)
        blocks.append({"rows": list(rows.values())})
    return [*blocks, {"pieces": until(len(text))}]


def _piece(piece: Segment, rows: Sequence[PlacedRow]) -> dict[str, Any]:
    """A piece for the template: `rows` are numbers of the rows there, the shortest first, whose table gives the colour."""
    between = not piece.text.strip()
    coloured = None if between else next((r for n in piece.rows if (r := rows[n]).table not in _NOT_COLOURED), None)
    return {
        "text": piece.text, "rows": " ".join(map(str, piece.rows)), "element": "mark" if coloured else "span",
        "kind": _kind(coloured) if coloured else None,
    }  # fmt: skip


def _kind(row: PlacedRow) -> str:
    """The class of a coloured piece: its table; words that no row uses stand out among the issues."""
    return "issues unread" if row.table == "issues" and row.row["check_code"] in _UNREAD else row.table


def _facts(document: Row, labels: Labels, same_as: str | None) -> list[tuple[str, object]]:
    """What is known of a document, without what is not."""
    address = web_address(document["url"])
    link = (
        Markup('<a href="{0}" rel="noopener noreferrer nofollow">{0}</a>').format(address)
        if address
        else document["url"]
    )
    instead = Markup('<a href="{}">{}</a>').format(same_as, document["superseded_by"]) if same_as else None
    found = [
        ("number", document["number_symbol"]),
        ("type", both(labels.of("doc_type", document["doc_type_code"])) if document["doc_type_code"] else None),
        ("issuer", document["issuer_vi"]), ("date", day(document["issued_date"]) if document["issued_date"] else None),
        ("signer", " ".join(x for x in (document["signer_title"], document["signer_name"]) if x)),
        ("status", both(labels.of("document_status", document["status"]))), ("reason", document["status_reason"]), ("same_bytes", instead),
        ("path", document["path"]), ("address", link),
        ("read_from", both(labels.of("text_layer", document["text_layer"])) if document["text_layer"] else None),
        ("page", document["page_count"]), ("length", grouped(document["char_count"]) if document["char_count"] else None),
    ]  # fmt: skip
    return [(name, value) for name, value in found if value]
