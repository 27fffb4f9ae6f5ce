"""`minqing replay`: a bad line is told with what is wrong and where, and the others are played."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

GOOD: dict[str, Any] = {
    "id": "one",
    "area": {"district": "青澜区", "community": "阳光社区"},
    "groups": [{"key": "g", "tier": "community", "name": "群"}],
}
FIRST = {
    "n": 1,
    "group": "g",
    "at": "2026-05-06T10:00:00+08:00",
    "who": "甲",
    "role": "resident",
    "text": "2幢电梯坏了",
}
GOOD["messages"] = [FIRST]
BAD = {
    "it is no object": [],
    "it is without id, groups": {"area": {}, "messages": []},
    "area is without district": {**GOOD, "area": {}},
    "groups is an empty list or none": {**GOOD, "groups": []},
    "group 1: tier 'staff' is none of unit, community, district": {
        **GOOD,
        "groups": [{"key": "g", "tier": "staff", "name": "群"}],
    },
    "message 1 is without who, text": {**GOOD, "messages": [{k: FIRST[k] for k in ("n", "group", "at", "role")}]},
    "message 1: no group 'x'": {**GOOD, "messages": [FIRST | {"group": "x"}]},
    "message 1: n must be a number, text a string": {**GOOD, "messages": [FIRST | {"n": "1"}]},
    "message 1: '10:00' is no time like 2026-05-06T10:00:00+08:00": {**GOOD, "messages": [FIRST | {"at": "10:00"}]},
}


def test_bad_conversations_are_named_and_the_good_one_is_played(tmp_path: Path) -> None:
    file = tmp_path / "talk.jsonl"
    file.write_text("\n".join(json.dumps(data) for data in (*BAD.values(), GOOD)), encoding="utf-8")
    ran = replay(file)
    assert ran.returncode == 2
    for number, fault in enumerate(BAD, 1):
        assert f"{file}:{number}: not a conversation: {fault}" in ran.stderr
    (told,) = ran.stdout.splitlines()
    assert [ticket["category"] for ticket in json.loads(told)["tickets"]] == ["public_repair"]


def test_a_file_in_another_encoding_is_said_so(tmp_path: Path) -> None:
    file = tmp_path / "talk.jsonl"
    file.write_bytes('{"id": "中文"}'.encode("gbk"))
    ran = replay(file)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr.startswith(f"minqing: {file} is not UTF-8: ") and len(ran.stderr.splitlines()) == 1


def replay(file: Path) -> subprocess.CompletedProcess[str]:
    """In a process of its own: it says where logs go."""
    return subprocess.run(
        [sys.executable, "-m", "bot", "replay", str(file)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
