"""Documents to findings: readers, outline, tables, and the rules that read plans."""
