"""The demonstration: example texts, and a seeded generator that makes as many more as a test needs."""
