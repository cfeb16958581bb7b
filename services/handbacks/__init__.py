"""Handbacks: a version of the draft as its drafter works on it, made in a process of its own."""
