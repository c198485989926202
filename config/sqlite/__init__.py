"""SQLite that takes as many values in one statement as it can."""
