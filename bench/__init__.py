"""Benchmarks: ratios and figures of one run. Not part of the tests."""
