"""Workbooks: the sheets of a district's own data, read with all their faults and written with notes."""
