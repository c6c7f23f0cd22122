"""Writes `lexicon/localities.tsv` from the package vietnamadminunits (MIT licence): `make localities`."""

from __future__ import annotations

import json
import sqlite3
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from normalizers.localities import FILE
from normalizers.text import nfc

_HEAD = """\
# Districts and communes of Vietnam in both eras, with the communes of 2025 (Nghị quyết 202/2025/QH15, 203/2025/QH15 and the resolutions of
# the Standing Committee on the communes of each province) that took over the communes of before.
# Source: the package vietnamadminunits {version}, Copyright (c) 2025 Tran Ngoc Minh Hieu, MIT licence; names and codes as given there, not verified one by one.
# era\tprovince\tcode\tkind\tname\tcode of the district\tcodes of the communes that took over
"""


def renew(wheel: Path, target: Path = FILE) -> int:
    """Writes the list from a wheel of the package; returns the number of its rows. Raises KeyError where the package has changed its files."""
    with TemporaryDirectory() as folder, zipfile.ZipFile(wheel) as archive:
        database = archive.extract("vietnamadminunits/data/dataset.db", folder)
        mergers = json.loads(archive.read("vietnamadminunits/data/converter_2025.json"))
        connection = sqlite3.connect(database)
        rows = sorted({*_today(connection), *_before(connection, mergers)})
        connection.close()
    version = wheel.name.split("-")[1]
    target.write_text(_HEAD.format(version=version) + "".join("\t".join(row) + "\n" for row in rows), encoding="utf-8")
    return len(rows)


def _today(connection: sqlite3.Connection) -> Iterator[tuple[str, ...]]:
    for province, code, kind, name in connection.execute(
        "select provinceCode, wardCode, wardType, wardShort from admin_units"
    ):
        yield "34", province, code, kind.lower(), _bare(kind, name), "", ""


def _before(
    connection: sqlite3.Connection, mergers: dict[str, dict[str, dict[str, list[str]]]]
) -> Iterator[tuple[str, ...]]:
    codes = {
        (province, ward): code
        for province, ward, code in connection.execute("select provinceKey, wardKey, wardCode from admin_units")
    }
    taken_over: dict[str, set[str]] = {}
    for province, wards in mergers["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for ward, olds in wards.items():
            for old in olds:
                taken_over.setdefault(old, set()).add(codes[province, ward])
    for province, divided in mergers["DICT_PROVINCE_WARD_DIVIDED"].items():
        for old, news in divided.items():
            taken_over.setdefault(old, set()).update(codes[province, str(new["newWardKey"])] for new in news)  # type: ignore[index]
    for row in connection.execute(
        "select provinceCode, provinceKey, districtCode, districtKey, districtType, districtShort, wardCode, wardKey, wardType, wardShort"
        " from admin_units_legacy"
    ):
        province, province_key, district, district_key, kind, name, code, ward_key, ward_kind, ward_name = row
        yield "63", province, district, kind.lower(), _bare(kind, name), "", ""
        if code:
            successors = taken_over.get(f"{province_key}_{district_key}_{ward_key}", set())
            yield (
                "63",
                province,
                code,
                ward_kind.lower(),
                _bare(ward_kind, ward_name),
                district,
                " ".join(sorted(successors)),
            )


def _bare(kind: str, name: str) -> str:
    """The name without its kind, which the package leaves in front of numbers: "Quận 1" → "1"."""
    return nfc(name).removeprefix(f"{kind} ")


if __name__ == "__main__":
    print(f"{renew(Path(sys.argv[1]))} districts and communes written")
