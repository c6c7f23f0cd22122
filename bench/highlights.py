"""Whether every highlighted place says the words of its row: python -m bench.highlights [FOLDER of releases]

Parses the page of every document of the newest release, joins what is marked with the number of a row, and holds it against `quote` in Parquet. Needs
`make review` before.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from lxml import html

from pipeline.releases import latest
from pipeline.review.labels import key_of
from pipeline.review.rows import SHOWN
from pipeline.review.shelf import Shelf


def highlighted(page: Path) -> dict[tuple[str, str], str]:
    """What a page marks for each row, by table and key."""
    tree = html.fromstring(page.read_bytes().decode("utf-8"))
    data = json.loads(tree.get_element_by_id("data").text)
    words: dict[int, list[str]] = {}
    for place in tree.xpath("//*[@data-r]"):
        for number in place.get("data-r").split():
            words.setdefault(int(number), []).append(place.text_content())
    tables = [t["name"] for t in data["tables"]]
    return {(tables[t], key): "".join(words.get(n, ())) for n, (t, key, _) in enumerate(data["rows"])}


def main() -> None:
    """Prints rows whose place says other words, and how many were compared; exit 1 when one does."""
    release = latest(Path(sys.argv[1] if len(sys.argv) > 1 else "data/processed"))
    if release is None or not (release.folder / "review").is_dir():
        sys.exit("no pages: run `make extract` and `make review` first")
    shelf = Shelf(release)
    pages: dict[str, dict[tuple[str, str], str]] = {}
    compared = wrong = 0
    for table in SHOWN:
        for row in shelf.ask(f'SELECT * FROM "{table}" WHERE char_start IS NOT NULL'):
            name = row["document_id"]
            if name not in pages:
                pages[name] = highlighted(release.folder / "review" / "documents" / f"{name}.html")
            key = ".".join(str(row[c]) for c in key_of(table))
            compared += 1
            if pages[name].get((table, key)) != row["quote"]:
                wrong += 1
                print(f"{name} {table} {key}: {pages[name].get((table, key))!r} instead of {row['quote']!r}")
    print(f"{compared - wrong} of {compared} rows of {len(pages)} documents are marked with exactly their words")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
