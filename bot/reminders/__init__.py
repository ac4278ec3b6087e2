"""Which reminder is owed when, and what it says."""
