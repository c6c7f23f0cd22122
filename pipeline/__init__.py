"""One run: raw files to findings, findings to rows, rows to a published release."""
