"""Limits are bytes; what people read is characters and lines."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.tencent.splitting import cut, shortened, size

TEXTS = st.text(st.sampled_from("水管坏了。，a1 \n🚒é"), max_size=600)


@given(text=TEXTS, limit=st.integers(4, 300))
def test_pieces_fit_and_nothing_is_lost(text: str, limit: int) -> None:
    pieces = cut(text, limit)
    assert "".join(pieces) == text and pieces
    assert all(size(piece) <= limit for piece in pieces)


@given(text=TEXTS, limit=st.integers(4, 300))
def test_shortened_fits_and_says_that_it_is(text: str, limit: int) -> None:
    short = shortened(text, limit)
    assert size(short) <= limit
    assert short == text or (short.endswith("…") and text.startswith(short[:-1]))


def test_a_line_is_kept_whole_where_one_ends_in_time() -> None:
    lines = "\n".join(f"{number}号楼：电梯已修好" for number in range(1, 200))
    pieces = cut(lines, 2048)
    assert len(pieces) > 1 and all(piece.endswith("\n") for piece in pieces[:-1])


def test_an_emoji_of_four_bytes_is_not_torn() -> None:
    assert cut("🚒🚒", 4) == ["🚒", "🚒"] and cut("🚒🚒", 7) == ["🚒", "🚒"]
