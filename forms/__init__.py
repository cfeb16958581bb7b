"""What people may type: one file per page family, no queries."""
