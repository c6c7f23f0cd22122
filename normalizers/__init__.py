"""Words to values: pure functions on Vietnamese strings, with their lexicons."""
