"""What short lines do, by their wording alone, in words that were never learnt from."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest

from nlu.act_model import MODEL, Who, act_scores, pieces
from nlu.train_acts import read_rows

ROOT = Path(__file__).resolve().parents[2]


def _says(text: str, who: Who) -> str:
    scores = act_scores(text, who)
    return max(scores, key=lambda act: scores[act])


@pytest.mark.parametrize(
    ("who", "text", "act"),
    [
        ("staff", "我骑车过去，五分钟", "claim"),
        ("staff", "叫了锁匠，半小时到", "claim"),
        ("staff", "门锁换好了，试了没问题", "done"),
        ("staff", "合页焊上了", "done"),
        ("staff", "这个转给供电所了", "transfer"),
        ("staff", "报到街道，请他们出面", "escalate"),
        ("staff", "大家晚上关好门窗", "other"),
        ("resident", "开门试了，顺溜得很", "good"),
        ("resident", "还是漏，白修了", "bad"),
        ("resident", "不用来了，我自己弄好了", "withdraw"),
        ("resident", "谁家有锤子借一下", "other"),
        ("neighbour", "我们六楼也没水", "more"),
        ("neighbour", "周末谁去爬山", "talk"),
    ],
)
def test_an_act_is_heard_in_new_words(who: Who, text: str, act: str) -> None:
    assert text not in {row["text"] for row in read_rows()}
    assert _says(text, who) == act


def test_numbers_do_not_matter() -> None:
    assert pieces("3幢好了") == pieces("8幢好了")


def test_every_line_names_an_act_that_is_known() -> None:
    acts = {who: set(act_scores("好", who)) for who in get_args(Who)}
    assert all(row["act"] in acts[row["who"]] for row in read_rows())  # type: ignore[index]


def test_the_table_comes_out_the_same_to_the_bit(tmp_path: Path) -> None:
    pytest.importorskip("sklearn")
    again = tmp_path / "acts.bin"
    subprocess.run([sys.executable, "-m", "nlu.train_acts", again], check=True, cwd=ROOT)
    assert again.read_bytes() == MODEL.read_bytes()
