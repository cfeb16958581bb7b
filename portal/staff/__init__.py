"""The desks of the revision team: one file per desk."""
