"""Sockets and clocks: channels, intake, sender, clock, command line, wiring."""
