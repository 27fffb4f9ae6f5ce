"""English, for those who chose it."""
