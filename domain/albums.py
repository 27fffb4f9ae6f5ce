"""An album comes as several deliveries of which one carries the words: gathered, it is one thing said. So are lines
that somebody forwards in one go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from domain.messages import Edited, Incoming, Said


def gather(parts: Sequence[Incoming]) -> list[Incoming]:
    """The parts of one album as one, with the id of the one that has words, so that an edit of them is found;
    whatever else is among them stays as it is."""
    pieces = [part for part in parts if isinstance(part, Said) and not isinstance(part, Edited)]
    if len(pieces) < 2 or len({(piece.at, piece.album, piece.sender.user_id) for piece in pieces}) > 1:
        return list(parts)
    head = next((piece for piece in pieces if piece.text), pieces[0])
    forwarded = tuple(line for piece in pieces for line in piece.forwarded)
    whole = replace(
        head,
        text="\n".join(piece.text for piece in pieces if piece.text) if forwarded else head.text,
        forwarded=forwarded,
        media=tuple(media for piece in pieces for media in piece.media),
        replies_to=next((piece.replies_to for piece in pieces if piece.replies_to), None),
        sent_at=min(piece.sent_at for piece in pieces),
    )
    rest = [part for part in parts if part not in pieces]
    return [whole, *rest]
