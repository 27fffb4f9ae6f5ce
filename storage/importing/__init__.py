"""A district's own data on its way in and out: what is there, what a file would change, staged, and put in place."""
