"""What the product does with a message, a button press or a tick of the clock. Returns what to say."""
