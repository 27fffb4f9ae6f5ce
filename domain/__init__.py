"""The rules and their words: pure, no database, no network, no clock."""
