"""A language model, if the office has one: asked afterwards about what the reader was unsure of. Off by default."""
