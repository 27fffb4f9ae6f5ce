"""An album comes as several deliveries of which one carries the words: gathered, it is one thing said."""

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
    whole = replace(
        head,
        media=tuple(media for piece in pieces for media in piece.media),
        replies_to=next((piece.replies_to for piece in pieces if piece.replies_to), None),
        sent_at=min(piece.sent_at for piece in pieces),
    )
    rest = [part for part in parts if part not in pieces]
    return [whole, *rest]
