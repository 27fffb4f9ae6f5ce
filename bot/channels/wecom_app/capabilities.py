"""What WeCom's app can do: speak with one member at a time, in texts and in cards whose buttons change once pressed."""

from __future__ import annotations

from bot.channel import Capabilities

# A text or a card's words (90236).
TEXT_BYTES = 2048

CAPABILITIES = Capabilities(reply=False, text_limit=TEXT_BYTES, limit_unit="bytes", per_minute=30, rooms=("private",))
