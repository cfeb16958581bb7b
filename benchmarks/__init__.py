"""Measurements beside other tools: run by hand with `make bench`, never part of the tests."""
