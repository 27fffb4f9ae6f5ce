"""Hearing what is said in a group: load a scene, decide, carry it out."""
