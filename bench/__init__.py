"""Benchmarks: timings live here, not in tests."""
