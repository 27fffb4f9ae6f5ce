"""Tables and queries: SQLAlchemy Core over SQLite or PostgreSQL, nothing of the product's rules."""
