"""What the doors of WeCom and WeChat share: envelopes, the callback's door, sessions, calls, errors, cutting."""
