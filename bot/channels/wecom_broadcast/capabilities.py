"""What 群发 to customer groups can do: hand a text to the groups' owner, who sends it or does not. Nothing is read."""

from __future__ import annotations

from bot.channel import Capabilities

# One task is one message in every group of its owner: made twice, residents would be written to twice.
CAPABILITIES = Capabilities(
    reads="none",
    push="needs_confirmation",
    buttons=False,
    edit=False,
    reply=False,
    media_in=False,
    media_out=False,
    text_limit=4000,
    limit_unit="bytes",
    repeat_is_harmful=True,
    rooms=("residents",),
)
