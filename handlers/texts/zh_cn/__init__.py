"""Chinese (simplified), as it is spoken in the office."""
