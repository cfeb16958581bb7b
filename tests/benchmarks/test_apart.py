"""A process of its own: its result and memory come back, and what takes too long or fails is told apart."""

import os
import time

import pytest

from benchmarks.apart import Ended, allow, apart


def add(one, other):
    return one + other


def spin(seconds):
    allow(seconds)
    while time.process_time() < 60:
        pass


def fail(code):
    os._exit(code)


def test_a_result_comes_back_with_the_memory_it_took():
    value, memory = apart(add, 2, 3)
    assert value == 5 and 5 < memory < 2_000


def test_what_uses_up_its_time_is_ended_and_called_over():
    began = time.monotonic()
    with pytest.raises(Ended) as told:
        apart(spin, 0.5)
    assert told.value.is_over and time.monotonic() - began < 50


def test_what_fails_is_not_called_over():
    with pytest.raises(Ended) as told:
        apart(fail, 3)
    assert not told.value.is_over and "3" in str(told.value)
