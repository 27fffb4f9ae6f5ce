"""Telegram as one channel: aiogram listens, python-telegram-bot speaks. Not called telegram, after the library."""
