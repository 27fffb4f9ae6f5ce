"""Writes workbooks: the template with notes and examples, and the sheets of an export."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from bot.importing.cells import LEFT, read, write
from bot.importing.columns import EXAMPLE, NOTES, SHEETS, Column, Sheet

# Lists to choose from go this far down.
_LAST = 200_000
# What one cell can hold (Excel).
LONGEST_CELL = 32_767
# What XML cannot carry.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_HEAD = PatternFill("solid", start_color="DCE9F5")

HOW = (
    (
        "一行一条。第一行的栏名不要改，栏的先后可以换，用不着的栏可以删掉",
        "One thing a row. Keep the head of each column; their order is free, and columns not needed may go",
    ),
    ("带 * 的栏一定要填", "Columns with * have to be filled in"),
    (
        "空着的单元格不改库里的内容；要清空，写一个减号 -",
        "An empty cell changes nothing; a minus sign empties what is there",
    ),
    (
        "表里没有的行不会从库里删掉。同一个文件导入两次，和导入一次一样",
        "Rows that are not in the file are not deleted. Importing a file twice is the same as once",
    ),
    (
        "区域用编码路径认，人用姓名和手机号认，户用小区和门牌认",
        "Areas are known by their path, people by name and phone, doors by estate and door",
    ),
    ("“（例）”开头的行是样例，导入时跳过", 'Rows beginning with "(example)" are passed over'),
    ("先试一遍：minqing import 文件.xlsx --dry-run", "Try it first: minqing import FILE.xlsx --dry-run"),
)


def write_template(path: Path, english: bool) -> None:
    """An example workbook: notes, lists to choose from, and examples that are passed over when it is read."""
    with _book_at(path) as book:
        _write_notes(book, english)
        for sheet in SHEETS:
            rows = [*sheet.more, tuple(column.example for column in sheet.columns)]
            if sheet.key == "areas":
                # From the top down.
                rows.sort(key=lambda row: row[0].count("/"))
            page = _page(book, sheet, sheet.columns, english)
            for row in rows:
                cells = [_translated(column, cell, english) for column, cell in zip(sheet.columns, row, strict=True)]
                page.append([f"{EXAMPLE[english]}{cells[0]}", *cells[1:]])


def _translated(column: Column, example: str, english: bool) -> str | int | None:
    value = read(column, example) if example else LEFT
    return write(column, value, english) if value is not LEFT else None


def write_export(
    path: Path,
    rows: Callable[[str], Iterable[Mapping[str, Any]]],
    english: bool,
    *,
    phones: bool,
    health: bool,
    on_row: Callable[[], object] = lambda: None,
) -> tuple[int, list[str]]:
    """All sheets. Returns the number of rows, and which cells were too long to be written (they stay as they are
    when the file is imported)."""
    kept = {"phones": phones, "health": health, "": True}
    count, left_out = 0, list[str]()
    with _book_at(path) as book:
        _write_notes(book, english)
        for sheet in SHEETS:
            columns = tuple(column for column in sheet.columns if kept[column.only_with])
            page = _page(book, sheet, columns, english)
            for number, row in enumerate(rows(sheet.key), 2):
                cells = [write(column, row.get(column.key), english) for column in columns]
                for place, cell in enumerate(cells):
                    if isinstance(cell, str):
                        cells[place] = _NOT_XML.sub("", cell)
                        if len(cell) > LONGEST_CELL:
                            cells[place] = None
                            left_out.append(f"{sheet.name[english]} {get_column_letter(place + 1)}{number}")
                page.append(cells)
                count += 1
                on_row()
    return count, left_out


def _page(book: Workbook, sheet: Sheet, columns: tuple[Column, ...], english: bool) -> Any:
    page = book.create_sheet(sheet.name[english])
    page.freeze_panes = "A2"
    head = []
    for place, column in enumerate(columns, 1):
        letter = get_column_letter(place)
        page.column_dimensions[letter].width = column.wide
        # Text, so that 3-2 stays 3-2 and is not made a date.
        page.column_dimensions[letter].number_format = "@"
        _add_list(page, column, letter, english)
        cell = WriteOnlyCell(page, column.name[english] + ("*" if column.needed else ""))
        cell.font, cell.fill = Font(bold=True), _HEAD
        cell.comment = Comment(f"{' / '.join(column.name)}\n{column.note[0]}\n{column.note[1]}", "minqing", 120, 320)
        head.append(cell)
    page.append(head)
    return page


def _add_list(page: Any, column: Column, letter: str, english: bool) -> None:
    names = [one[english] for one in (column.choices or {}).values()] if column.kind == "choice" else []
    if column.kind == "yes":
        names = ["yes", "no"] if english else ["是", "否"]
    if names:
        chosen = DataValidation("list", formula1=f'"{",".join(names)}"', allow_blank=True, errorStyle="warning")
        chosen.showErrorMessage = True
        chosen.add(f"{letter}2:{letter}{_LAST}")
        page.data_validations.append(chosen)


def _write_notes(book: Workbook, english: bool) -> None:
    page = book.create_sheet(NOTES[english])
    for letter, width in zip("ABCDEF", (16, 16, 16, 8, 48, 60), strict=True):
        page.column_dimensions[letter].width = width
    for line in HOW:
        page.append([line[english]])
    page.append([])
    heads = (
        ("表", "Sheet"),
        ("栏", "Column"),
        ("英文", "Chinese"),
        ("必填", "Needed"),
        ("怎么填", "What"),
        ("可选", "Choices"),
    )
    page.append([head[english] for head in heads])
    for sheet in SHEETS:
        page.append([sheet.name[english], None, sheet.name[not english], None, sheet.note[english]])
        for column in sheet.columns:
            choices = "、".join(one[english] for one in (column.choices or {}).values())
            needed = "*" if column.needed else None
            page.append([None, column.name[english], column.name[not english], needed, column.note[english], choices])


@contextmanager
def _book_at(path: Path) -> Iterator[Workbook]:
    """To be filled; then it stands there whole or not at all, and readable by its owner only. OSError before anything
    is filled in where the folder cannot be written: half-filled pages that are let go complain on their own."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.stem}-", suffix=".xlsx", dir=path.parent)
    os.close(handle)
    try:
        book = Workbook(write_only=True)
        yield book
        book.save(name)
        Path(name).replace(path)
    finally:
        Path(name).unlink(missing_ok=True)
