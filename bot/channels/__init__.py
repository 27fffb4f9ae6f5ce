"""One file for each platform; they do not know each other."""
