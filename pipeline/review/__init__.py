"""The site of a release: its plans, documents and collection as pages that open from disk, every row beside the words it was read from."""

from __future__ import annotations

from pipeline.review.site import review

__all__ = ["review"]
