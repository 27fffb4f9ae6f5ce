"""Telegram as one channel: aiogram listens, python-telegram-bot speaks. Not called telegram, after the library."""

import os

# To be said before the library is imported, or RetryAfter warns of its own future each time it is made.
os.environ.setdefault("PTB_TIMEDELTA", "true")
