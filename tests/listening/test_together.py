"""Marks that only say something together."""

from hypothesis import given
from hypothesis import strategies as st

from handlers.listening.together import together

FIGURES = st.floats(-4, 4).map(lambda x: round(x, 3))
NAMES = ("reader", "place", "more", "next to", "home", "words", "other group", "another's tale", "own touched last")


def test_what_sounds_like_one_more_voice_and_reads_as_a_report_is_marked_as_both() -> None:
    alone = {"reader": 3.0, "more": 2.0}
    assert together(alone, own=False) == {"read twice": 9.0, "more read": 6.0}
    beside = alone | {"next to": 0.5}
    assert together(beside, own=False)["more of it"] == 1.0
    assert together(beside, own=False)["more of it read"] == 3.0


def test_of_his_own_matter_nobody_is_one_more_voice() -> None:
    marks = {"reader": 2.0, "more own": 2.0, "place": 1.0, "own touched last": 1.0, "went on": 0.6}
    assert together(marks, own=True) == {"own read twice": 4.0, "own place read": 2.0, "own just now": 0.6}


@given(st.dictionaries(st.sampled_from(NAMES), FIGURES), st.booleans())
def test_a_pair_of_which_one_is_missing_says_nothing(marks: dict[str, float], own: bool) -> None:
    found = together(marks, own)
    assert all(found.values())
    if not marks.get("reader"):
        assert not any("read" in name for name in found)
    if not marks.get("more") or own:
        assert not any("more" in name for name in found)
