"""The WeChat official account (公众号): the resident's private door. What it tells us, and what we send into it."""
