"""Text from bytes: BOM, UTF-8, UTF-16 without BOM, declared charsets that may be wrong, Windows-1258."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from extractors.marks import without_heaps
from normalizers.text import nfc as composed

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_DECLARED = re.compile(rb"""charset\s*=\s*["']?\s*([\w-]{3,20})""", re.IGNORECASE)
_VIETNAMESE = re.compile(r"[ăâđêôơưĂÂĐÊÔƠƯ]|[\u1ea0-\u1ef9]")
_CONTROL = bytes([*range(9), *range(14, 32), 127])
_PROBE = 4096


def nfc(text: str) -> str:
    """The stored form of text, whatever is heaped on its letters."""
    return composed(without_heaps(text))


def looks_binary(data: bytes) -> bool:
    """Whether bytes are no text: too many control bytes, and no UTF-16 pattern of zero bytes."""
    probe = data[:_PROBE]
    if probe.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or _utf16(probe):
        return False
    control = len(probe) - len(probe.translate(None, _CONTROL))
    if control * 50 > len(probe):
        return True
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        high = sum(b > 126 for b in probe)
        return high * 2 > len(probe)
    return False


def decode(data: bytes) -> str:
    """The text in NFC. Valid UTF-8 wins over any declaration; then what is declared, Windows-1258, and a guess."""
    for bom, name in _BOMS:
        if data.startswith(bom):
            return nfc(data.decode(name, errors="replace"))
    wide = _utf16(data[:_PROBE])
    if wide:
        return nfc(data.decode(wide, errors="replace"))
    try:
        return nfc(data.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    if _nearly_utf8(data):
        return nfc(data.decode("utf-8", errors="replace"))
    declared = _DECLARED.search(data[:_PROBE])
    names = [declared.group(1).decode("ascii")] if declared else []
    for name in [*names, "cp1258"]:
        text = _strict(data, name)
        if text and len(_VIETNAMESE.findall(text)) * 40 > len(text):
            return text
    best = from_bytes(data).best()
    return nfc(str(best)) if best else nfc(data.decode("cp1258", errors="replace"))


def _utf16(probe: bytes) -> str | None:
    """UTF-16 without BOM shows zero bytes at every second place of its ASCII letters and blanks."""
    if len(probe) < 8:
        return None
    even, odd = probe[0::2].count(0), probe[1::2].count(0)
    if odd * 5 > len(probe) // 2 and not even:
        return "utf-16-le"
    if even * 5 > len(probe) // 2 and not odd:
        return "utf-16-be"
    return None


def _nearly_utf8(data: bytes) -> bool:
    """A few broken bytes (a file cut in the middle of a letter) do not make another encoding."""
    lost = data.decode("utf-8", errors="replace").count("\ufffd")
    return 0 < lost * 20 < sum(b > 127 for b in data)


def _strict(data: bytes, name: str) -> str | None:
    try:
        return nfc(data.decode(name))
    except (UnicodeDecodeError, LookupError):
        return None
