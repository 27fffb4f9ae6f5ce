"""Reads what people write: pure, no database, no network, no clock."""
