"""SQLite and PostgreSQL behind one door."""
