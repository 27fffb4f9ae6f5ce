"""A line known to be an address: every figure in it is some part, and which one is told by its word and its turn."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.addresses import by_form, f1, tally
from nlu.place import where

PARTS = ("building", "unit", "floor", "room")


@pytest.mark.parametrize(
    ("text", "building", "unit", "floor", "room"),
    [
        ("椒江区葭沚街道星光花园3幢2单元501室", "3", "2", None, "501"),
        ("星光花园3-2-501", "3", "2", None, "501"),
        ("星光花园3#2-501", "3", "2", None, "501"),
        ("星光花园12-1803", "12", None, None, "1803"),
        ("中山路120号星光大厦A座1203", "A", None, None, "1203"),
        ("中山路120号五楼", None, None, "5", None),
        ("中山路120号", None, None, None, None),
        ("桂花弄18弄125号302室", "125", None, None, "302"),
        ("星光大厦负一层", None, None, "B1", None),
        ("星光大厦3F", None, None, "3", None),
        ("星光花园G2栋12楼1203", "G2", None, "12", "1203"),
        ("星光花园十二幢三单元四零二", "12", "3", None, "402"),
        ("星光花园3号楼二单元", "3", "2", None, None),
        ("星光广场二楼217号", None, None, "2", "217"),
        ("星光花园5幢2号", "5", "2", None, None),
        ("三里桥村12号", None, None, None, None),
        ("星光花园二期6幢", "6", None, None, None),
        ("星光花园6幢1-302室 电话13700012345", "6", "1", None, "302"),
    ],
)
def test_each_figure_has_its_part(
    text: str, building: str | None, unit: str | None, floor: str | None, room: str | None
) -> None:
    wanted = dict(zip(PARTS, (building, unit, floor, room), strict=True))
    assert by_form(text) == {part: value for part, value in wanted.items() if value}


@given(st.integers(1, 99), st.integers(1, 9), st.integers(101, 3299), st.sampled_from(["{}幢{}单元{}室", "{}-{}-{}"]))
def test_any_address_comes_back(building: int, unit: int, room: int, form: str) -> None:
    read = by_form("云溪路8号云溪苑" + form.format(building, unit, room))
    assert read == {"building": str(building), "unit": str(unit), "room": str(room)}


@given(st.text(alphabet="云溪路苑号幢单元楼室层弄- #0123456789ab三十", max_size=30))
def test_nothing_confuses_it(text: str) -> None:
    for part, value in by_form(text).items():
        assert part in PARTS
        assert value


def test_a_form_in_a_group_is_read_as_one() -> None:
    text = "姓名：王阿姨\n地址：云溪路8号云溪苑5幢2号\n事由：灯不亮"
    found = where(text, text)
    assert (found.building, found.unit, found.room) == ("5", "2", None)


def test_the_benchmark_counts_whole_entities(tmp_path: Path) -> None:
    tags = [
        ("云", "B-poi"),
        ("苑", "I-poi"),
        ("3", "B-houseno"),
        ("幢", "I-houseno"),
        ("5", "B-floorno"),
        ("楼", "I-floorno"),
    ]
    path = tmp_path / "addresses.txt"
    path.write_text("\n".join(f"{char} {tag}" for char, tag in tags) + "\n\n", encoding="utf-8")
    counts = tally(path, by_form)
    assert f1(counts["all"]) == (1.0, 1.0, 1.0)
    assert counts["all"]["right"] == 2
    none = tally(path, lambda _: {"building": "4"})
    assert none["all"] == {"wrong": 1, "missed": 2}
