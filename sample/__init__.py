"""Sample data: two real conferences, and an invented province that says that it is invented."""
