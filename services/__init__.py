"""What the office does: one file per subject, verbs as functions, no Flask."""
