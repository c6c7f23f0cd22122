"""Writes OLE containers (DOC, XLS) with streams of any content."""

from __future__ import annotations

import struct

_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_SECTOR = 512
_LEAST = 4096  # smaller streams would lie elsewhere


def container(streams: dict[str, bytes]) -> bytes:
    """A container with some streams, each filled up with zeros to a size that makes it a stream of its own sectors."""
    sectors: list[bytes] = []
    fat: list[int] = []

    def put(data: bytes) -> int:
        first = len(sectors)
        parts = [data[n : n + _SECTOR].ljust(_SECTOR, b"\0") for n in range(0, len(data), _SECTOR)]
        sectors.extend(parts)
        fat.extend([*range(first + 1, first + len(parts)), _END])
        return first

    entries = [_entry("Root Entry", 5, _END, 0, 1)]
    for n, (name, content) in enumerate(streams.items(), 1):
        stream = content.ljust(_LEAST, b"\0")
        entries.append(_entry(name, 2, put(stream), len(stream), right=n + 1 if n < len(streams) else _FREE))
    directory = put(b"".join(entries))
    tables = -(-(len(sectors) + 8) // 120)
    places = range(len(sectors), len(sectors) + tables)
    fat += [_FAT] * tables
    fat += [_FREE] * (tables * 128 - len(fat))
    table = struct.pack(f"<{len(fat)}I", *fat)
    places_in_head = [*places, *[_FREE] * (109 - tables)]
    head = struct.pack(
        "<8s16sHHHHHHIIIIIIIIIII109I".replace("IIIIIIIIIII", "I" * 10),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6, 0, 0, 0, tables, directory, 0, _LEAST, _END, 0, _END, 0, *places_in_head,
    )  # fmt: skip
    return head + b"".join(sectors) + table


def _entry(name: str, kind: int, first: int, size: int, child: int = _FREE, right: int = _FREE) -> bytes:
    raw = name.encode("utf-16-le") + b"\0\0"
    return struct.pack(
        "<64sHBBIII36sIQ", raw, len(raw), kind, 1, _FREE, right, child if kind == 5 else _FREE, b"", first, size
    )
