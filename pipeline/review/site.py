"""Writes the site of a release, whole or not at all: <release>/review/index.html."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.releases import Release, writing
from pipeline.review.collection import documents_page, index_page
from pipeline.review.document_pages import Read, document_page, quotes_of
from pipeline.review.labels import Labels, labels_of
from pipeline.review.links import PageNames, page_names
from pipeline.review.originals import NOTHING, Original, Seen, look_at
from pipeline.review.plan_pages import plan_pages
from pipeline.review.rows import SHOWN, placed
from pipeline.review.shelf import Row, Shelf

_AT_ONCE = 50  # documents or plans whose rows are in memory
Progress = Callable[[int, int, str], None]


@dataclass(slots=True)
class Site:
    """What was written: the first page, and how many pages of plans, documents and pictures; of how many documents with text the file was there."""

    index: Path
    plans: int
    documents: int
    pictures: int
    texts: int
    originals: int


@dataclass(slots=True)
class _Work:
    """What every page needs."""

    shelf: Shelf
    labels: Labels
    names: PageNames
    folder: Path
    raw: Path
    store: Path
    workers: int
    row_counts: dict[str, int] = field(default_factory=dict)
    pictures: int = 0
    texts: int = 0
    originals: int = 0


def review(release: Release, raw: Path, store: Path, workers: int, progress: Progress) -> Site:
    """Writes `review` into the folder of a release; an earlier one is replaced when the new one is complete.

    Raises BusyError when another run writes to the same folder of releases.

    `raw`: the folder of the documents, for tables and pictures of pages; a file that is not there any more, or has other bytes, is shown as text.
    `store`: where pages read by OCR are kept. `progress` gets pages done, pages in all, and what is written.
    """
    target, part, old = (release.folder / name for name in ("review", ".review-part", ".review-old"))
    with writing(release.folder.parents[1]), closing(Shelf(release)) as shelf:
        _sweep(part, old)
        try:
            for folder in ("plans", "documents", "pictures"):
                (part / folder).mkdir(parents=True)
            work = _Work(shelf, labels_of(shelf), _names(shelf), part, raw, store, workers)
            _write(work, progress)
            if target.exists():
                target.rename(old)
            part.rename(target)
        finally:
            _sweep(part, old)
    return Site(
        target / "index.html",
        len(work.names.plans),
        len(work.names.documents),
        work.pictures,
        work.texts,
        work.originals,
    )


def _sweep(*folders: Path) -> None:
    for folder in folders:
        if folder.is_dir():
            shutil.rmtree(folder, ignore_errors=True)
        else:
            folder.unlink(missing_ok=True)


def _names(shelf: Shelf) -> PageNames:
    return PageNames(
        page_names(r["plan_id"] for r in shelf.ask("SELECT plan_id FROM plans")),
        page_names(r["document_id"] for r in shelf.ask("SELECT document_id FROM documents")),
    )


def _write(work: _Work, progress: Progress) -> None:
    names = work.names
    total = len(names.documents) + len(names.plans) + 2
    done = 0
    for ids in _parts(sorted(names.documents)):
        for document_id, page in _documents(work, ids):
            (work.folder / "documents" / names.documents[document_id]).write_text(page, encoding="utf-8")
            done += 1
            progress(done, total, names.documents[document_id])
    for ids in _parts(sorted(names.plans)):
        plans = work.shelf.ask(
            "SELECT w.*, p.general_objective_vi, p.period_text FROM plans_wide w JOIN plans p USING (plan_id) WHERE list_contains($1, plan_id)", ids
        )  # fmt: skip
        for plan_id, page in plan_pages(work.shelf, work.labels, plans, names).items():
            (work.folder / "plans" / names.plans[plan_id]).write_text(page, encoding="utf-8")
            done += 1
            progress(done, total, names.plans[plan_id])
    index = index_page(work.shelf, work.labels, names.plans)
    (work.folder / "index.html").write_text(index, encoding="utf-8")
    listed = documents_page(work.shelf, work.labels, names.documents, work.row_counts)
    (work.folder / "documents.html").write_text(listed, encoding="utf-8")
    progress(total, total, "index.html")


def _parts(ids: Sequence[str]) -> Iterator[list[str]]:
    for start in range(0, len(ids), _AT_ONCE):
        yield list(ids[start : start + _AT_ONCE])


def _documents(work: _Work, ids: list[str]) -> Iterator[tuple[str, str]]:
    """The pages of some documents."""
    reads = _reads(work, ids)
    with_text = [r for r in reads if r.text]
    files = [
        Original(
            work.raw / r.document["path"], r.document["sha256"], r.document["media_type"], r.text or "",
            work.folder / "pictures" / r.document["document_id"], work.store, quotes_of(r),
        )
        for r in with_text
    ]  # fmt: skip
    seen: dict[str, Seen] = {}
    for n, found in look_at(files, work.workers):
        seen[with_text[n].document["document_id"]] = found
        work.pictures += sum(h > 0 for h in found.heights)
        work.texts += 1
        work.originals += found.is_there
    for read in reads:
        document_id = read.document["document_id"]
        work.row_counts[document_id] = sum(r.table not in ("issues", "sections") for r in read.rows)
        same_as = work.names.documents.get(read.document["superseded_by"] or "")
        release = work.shelf.release.name
        yield document_id, document_page(read, work.labels, release, seen.get(document_id, NOTHING), same_as)


def _reads(work: _Work, ids: list[str]) -> list[Read]:
    shelf = work.shelf
    documents = shelf.ask(
        "SELECT d.*, a.name_full_vi AS issuer_vi FROM documents d LEFT JOIN agencies a ON a.agency_id = d.issuer_agency_id "
        "WHERE list_contains($1, d.document_id) ORDER BY d.document_id",
        ids,
    )
    rows = {t: shelf.by("document_id", t, ids, "char_start") for t in SHOWN}
    texts = {
        r["document_id"]: r["text"] for r in shelf.ask("SELECT * FROM texts WHERE list_contains($1, document_id)", ids)
    }
    recall = shelf.by("document_id", "recall_estimates", ids, "kind_code")
    plans: dict[str, list[dict[str, Any]]] = {}
    for r in shelf.ask(
        "SELECT l.document_id, l.role_code, p.plan_id, coalesce(p.number_symbol, p.title_vi, p.plan_id) AS number FROM plan_documents l "
        "JOIN plans p USING (plan_id) WHERE list_contains($1, l.document_id) ORDER BY l.role_code, p.plan_id",
        ids,
    ):
        plans.setdefault(r["document_id"], []).append(r | {"page": work.names.plans[r["plan_id"]]})
    return [_read(d, texts, rows, plans, recall) for d in documents]


def _read(
    document: Row, texts: dict[str, str], rows: dict[str, dict[str, list[Row]]], plans: dict[str, list[Row]], recall: dict[str, list[Row]]
) -> Read:  # fmt: skip
    key = document["document_id"]
    own = placed({t: of_table.get(key, []) for t, of_table in rows.items()})
    return Read(document, texts.get(key), own, plans.get(key, []), recall.get(key, []))
