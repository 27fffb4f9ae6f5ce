"""`minqing read`: lines in, lines out, and bad lines named without losing the others."""

from __future__ import annotations

import io
import json

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.console.read import read


def run(feed: str, *, explain: bool = False) -> tuple[int, list[dict[str, object]], str]:
    out, err = io.StringIO(), io.StringIO()
    code = read(io.StringIO(feed), out, err, explain=explain)
    return code, [json.loads(line) for line in out.getvalue().splitlines()], err.getvalue()


def test_each_line_is_answered_in_order() -> None:
    code, answers, errors = run(
        '{"id": "a", "tier": "unit", "text": "3幢2单元电梯停了", "at": "2026-05-14T09:30:00+08:00"}\n'
        "\n"
        '{"id": 7, "tier": "community", "text": "早上好"}\n'
    )
    assert (code, errors) == (0, "")
    assert [answer["id"] for answer in answers] == ["a", 7]
    assert set(answers[0]) == {
        "id", "report", "confidence", "category", "urgency", "where", "when", "keywords", "nature", "tags",
    }  # fmt: skip
    assert answers[0]["report"] is True
    assert answers[0]["where"] == {
        "estate": None, "building": "3", "unit": "2", "floor": None, "room": None, "place": None,
    }  # fmt: skip
    assert answers[1]["category"] is None


def test_explain_says_why() -> None:
    _, answers, _ = run('{"id": "a", "tier": "unit", "text": "电梯里关了两个人"}\n', explain=True)
    assert answers[0]["why"]
    assert "听着是急事：电梯困人" in str(answers[0]["because"])
    assert len(answers[0]["because"]) == len(answers[0]["why"])  # type: ignore[arg-type]


def test_bad_lines_are_named_and_the_others_answered() -> None:
    code, answers, errors = run(
        'nonsense\n{"id": "a", "text": "路灯不亮"}\n["x"]\n{"id": "b"}\n{"id": "c", "tier": "moon", "text": "x"}\n'
        '{"id": "d", "text": "x", "at": "yesterday"}\n{"id": "e", "text": 5}\n'
    )
    assert code == 2
    assert [answer["id"] for answer in answers] == ["a"]
    assert [line.split(":")[0] for line in errors.splitlines()] == [f"line {count}" for count in (1, 3, 4, 5, 6, 7)]


def told(*arguments: str, feed: str = "") -> list[dict[str, object]]:
    result = CliRunner().invoke(app, ["read", *arguments], input=feed)
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.output.splitlines()]


def test_words_themselves_are_read_without_json() -> None:
    lamp, thanks = told("3幢2单元灯坏了", "谢谢大家")
    assert (lamp["id"], lamp["report"], thanks["id"], thanks["report"]) == ("1", True, "2", False)


@pytest.mark.parametrize("arguments", [(), ("-",)])
def test_without_words_standard_input_is_read(arguments: tuple[str, ...]) -> None:
    [answer] = told(*arguments, feed='{"id": "a", "text": "路灯不亮"}\n')
    assert answer["id"] == "a"
