"""An office with its own folder, config and database, spoken to on the command line; and workbooks for it."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from openpyxl import Workbook, load_workbook
from typer.testing import CliRunner

from bot import config as configuration
from bot.cli import app
from domain.settings import Settings
from storage.cipher import Cipher
from storage.database import Database
from tests.conftest import DATABASES

# For each kind of database that there is here.
everywhere = pytest.mark.parametrize("bureau", DATABASES, indirect=True)

Rows = Sequence[Sequence[Any]]

AREAS: Rows = (
    ("编码路径", "类型", "名称", "编号前缀"),
    ("QL", "区县", "青澜区", "青澜"),
    ("QL/WJ", "街道", "望江街道", None),
    ("QL/WJ/YG", "社区", "阳光社区", "阳光"),
    ("QL/WJ/YG/1", "网格", "第一网格", None),
    ("QL/WJ/YG/1/YQ", "小区", "云栖里", None),
    ("QL/WJ/YG/1/YQ/3-2", "单元", "云栖里3幢2单元", None),
)
UNIT = "QL/WJ/YG/1/YQ/3-2"
DISTRICT: dict[str, Rows] = {
    "区域": AREAS,
    "部门": (("名称", "类别", "别名", "承办类别"), ("水务公司", "职能部门", "水务、自来水", "公共维修")),
    "群": (
        ("平台", "群号", "区域", "层级", "对象", "群名"),
        ("telegram", "-1001234567890", "QL/WJ/YG", "社区", "居民", "阳光社区居民群"),
    ),
    "人员": (("姓名", "手机号"), ("李敏", "13800000001"), ("周莉", 13800000002), ("孙工", None)),
    "岗位": (
        ("姓名", "区域", "角色", "部门"),
        ("李敏", "QL/WJ/YG/1", "网格员", None),
        ("周莉", "QL/WJ/YG", "书记", None),
        ("孙工", "QL", "部门", "水务公司"),
    ),
    "户": (("区域", "门牌"), (UNIT, "3-2-402"), (UNIT, "3幢2单元501室")),
    "住户成员": (
        ("区域", "门牌", "姓名", "称呼", "出生年", "标签", "手机号", "健康", "同意日期"),
        (UNIT, "3-2-402", "王秀兰", "王奶奶", 1938, "涉老、独居", "138-0000-0003", "高血压", "2026-03-01"),
    ),
    "走访计划": (
        ("区域", "门牌", "成员", "走访人", "频次", "星期", "开始"),
        (UNIT, "3-2-402", "王秀兰", "李敏", "每周", "周三", "2026-03-01"),
    ),
}


def with_rows(**changes: Rows) -> dict[str, Rows]:
    """The district with other sheets in the place of these."""
    return {**DISTRICT, **changes}


def save(path: Path, sheets: Mapping[str, Rows]) -> Path:
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        page = book.create_sheet(title)
        for row in rows:
            page.append(list(row))
    book.save(path)
    return path


def cells(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every cell of a workbook."""
    book = load_workbook(path)
    return {page.title: list(page.iter_rows(values_only=True)) for page in book.worksheets}


class Bureau:
    def __init__(self, folder: Path, key: str, url: str | None = None) -> None:
        """A database in the folder, or the one at `url`."""
        self.folder = folder
        self.env = {"MINQING_KEY": key, "MINQING_CONFIG": str(folder / "config.toml")}
        if url is not None:
            self.env["MINQING_STORAGE__URL"] = url
        self.run("init", "--yes", "--file", str(folder / "config.toml"), "--database", str(folder / "office.db"))
        self.run("db", "upgrade")

    def run(self, *words: str, code: int = 0, given: str | None = None) -> Result:
        done = CliRunner().invoke(app, list(words), env=self.env, input=given)
        assert done.exit_code == code, (done.output, done.exception)
        return done

    def take(self, sheets: Mapping[str, Rows], *words: str, code: int = 0) -> list[str]:
        """Import these sheets; the lines that were printed."""
        file = save(self.folder / "district.xlsx", sheets)
        return self.run("import", str(file), *words, code=code).stdout.splitlines()

    def give(self, name: str = "out.xlsx", *words: str) -> dict[str, list[tuple[Any, ...]]]:
        file = self.folder / name
        self.run("export", str(file), "--force", *words)
        return cells(file)

    def settings(self) -> Settings:
        return configuration.load(None, self.env)

    def database(self) -> Database:
        """A connection of one's own; close it."""
        return Database(self.settings().storage, Cipher(self.env["MINQING_KEY"]))


def no_minqing_variables(environ: Mapping[str, str] = os.environ) -> list[str]:
    return [name for name in environ if name.startswith("MINQING_")]
