"""One file for each command; each holds its COMMAND, and none knows another."""
