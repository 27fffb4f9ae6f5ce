"""A gateway for calls and SMS as a channel that only speaks: what wakes somebody up when chat does not."""
