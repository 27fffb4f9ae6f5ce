"""What Telegram can do: nearly everything, once the bot's privacy mode is off; else it hears what is said to it."""

from __future__ import annotations

from dataclasses import replace

from bot.channel import Capabilities

CAPABILITIES = Capabilities(threads=True, leave=True, per_minute=20)
# With privacy mode on.
PRIVACY = replace(CAPABILITIES, reads="mentions")
