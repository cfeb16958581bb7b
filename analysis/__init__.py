"""What the texts say: pure, seeded, explained; this file imports nothing heavy."""
