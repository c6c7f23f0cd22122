"""A small portal on this machine with the sample documents, to see a round without a network: python -m pipeline.ingest.demo [PORT]."""

from __future__ import annotations

import hashlib
import html
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from extractors.readers import read
from pipeline.version import ROOT

SAMPLES = ROOT / "data" / "raw" / "samples"
PORT = 8765
_TYPES = {".html": "text/html; charset=utf-8", ".txt": "text/plain; charset=utf-8"}


def listing(folder: Path) -> str:
    """The page that lists the documents of a folder, each by the line that names it."""
    rows = "".join(f'<li><a href="/tep/{quote(p.name)}">{html.escape(_title(p))}</a></li>' for p in _documents(folder))
    return f'<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>Văn bản</title></head><body><ul>{rows}</ul></body></html>'


def _documents(folder: Path) -> list[Path]:
    return sorted(p for p in folder.iterdir() if p.suffix in _TYPES)


def _title(path: Path) -> str:
    lines = read(path.read_bytes()).text.splitlines()
    named = [line for line in lines if line.lower().startswith(("kế hoạch", "đề án", "chiến lược")) and len(line) > 20]
    return (named or [f"Kế hoạch {path.stem}"])[0][:200]


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/van-ban":
            self._send(listing(SAMPLES).encode("utf-8"), _TYPES[".html"])
            return
        found = {f"/tep/{p.name}": p for p in _documents(SAMPLES)}.get(unquote(self.path))
        if found is None:
            self.send_error(404)
        else:
            self._send(found.read_bytes(), _TYPES[found.suffix])

    def _send(self, body: bytes, kind: str) -> None:
        tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        is_known = self.headers.get("If-None-Match") == tag
        self.send_response(304 if is_known else 200)
        self.send_header("ETag", tag)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(0 if is_known else len(body)))
        self.end_headers()
        self.wfile.write(b"" if is_known else body)

    def log_message(self, format: str, *args: Any) -> None:
        """Says nothing."""


def serve(port: int) -> ThreadingHTTPServer:
    """The portal, ready to run; it can be reached from this machine only."""
    return ThreadingHTTPServer(("127.0.0.1", port), _Handler)


if __name__ == "__main__":
    with serve(int(sys.argv[1]) if len(sys.argv) > 1 else PORT) as portal:
        print(
            f"a portal with the samples: http://127.0.0.1:{portal.server_address[1]}/van-ban (stop with Ctrl+C)",
            flush=True,
        )
        portal.serve_forever()
