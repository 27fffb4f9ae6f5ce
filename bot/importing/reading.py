"""Reads a workbook row by row: what each row says, and every fault. Nothing is looked up; that is storage's work."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile
from zlib import error as BadZip

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from bot.importing.cells import LEFT, BadCell, is_home, read
from bot.importing.columns import EXAMPLE, NOTES, SHEETS, Column, Sheet
from storage.importing.rows import Fault, Row

# What a file that is no workbook, or half of one, makes its reader raise.
_DAMAGED = (
    InvalidFileException,
    BadZipFile,
    BadZip,
    ParseError,
    EOFError,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    OSError,
)


class NotAWorkbook(Exception):
    """The file is no .xlsx, or is damaged."""


@dataclass(slots=True)
class Read:
    """What a file says. `examples` counts the rows that were passed over as examples; `partly` keeps what could be
    read of the rows at fault, by sheet and number."""

    rows: dict[str, list[Row]] = field(default_factory=lambda: {sheet.key: [] for sheet in SHEETS})
    faults: list[Fault] = field(default_factory=list)
    examples: int = 0
    partly: dict[tuple[str, int], dict[str, Any]] = field(default_factory=dict)

    @property
    def count(self) -> int:
        return sum(map(len, self.rows.values()))


def read_workbook(path: Path, on_row: Callable[[], object] = lambda: None) -> Read:
    """`on_row` is called for each row that was looked at. Raises NotAWorkbook."""
    found = Read()
    try:
        book = load_workbook(path, read_only=True)
    except AttributeError as error:
        # Its reader cannot pass over such a page.
        raise NotAWorkbook("perhaps by a page that is only a chart: take it out") from error
    except _DAMAGED as error:
        raise NotAWorkbook(str(error)) from error
    try:
        done: set[str] = set()
        for page in book.worksheets:
            title = page.title.strip()
            if title.casefold() in (name.casefold() for name in NOTES):
                continue
            sheet = _sheet(title)
            if sheet is None or sheet.key in done:
                found.faults.append(Fault(title, 0, "", "sheet_twice" if sheet else "sheet_unknown"))
                continue
            done.add(sheet.key)
            # Some programs write a wrong size; what is there counts.
            page.reset_dimensions()
            _read_sheet(sheet, page.iter_rows(values_only=True), found, on_row)
    except _DAMAGED as error:
        raise NotAWorkbook(str(error)) from error
    finally:
        book.close()
    return found


def rows_in(path: Path) -> int | None:
    """About how many rows there are, where the file tells."""
    try:
        book = load_workbook(path, read_only=True)
    except _DAMAGED:
        return None
    sizes = [page.max_row for page in book.worksheets]
    book.close()
    return sum(size for size in sizes if size) or None


def _sheet(title: str) -> Sheet | None:
    wanted = title.casefold()
    return next((one for one in SHEETS if wanted in (one.key, *(name.casefold() for name in one.name))), None)


def _read_sheet(sheet: Sheet, rows: Iterable[tuple[Any, ...]], found: Read, on_row: Callable[[], object]) -> None:
    lines = iter(rows)
    columns = _head(sheet, next(lines, ()), found)
    for number, cells in enumerate(lines, 2):
        on_row()
        if all(cell is None or (isinstance(cell, str) and not cell.strip()) for cell in cells):
            continue
        if _is_example(cells):
            found.examples += 1
            continue
        values, whole = _values(sheet, number, columns, cells, found.faults)
        if whole:
            found.rows[sheet.key].append(Row(sheet.key, number, values))
        else:
            found.partly[sheet.key, number] = values


def _is_example(cells: tuple[Any, ...]) -> bool:
    first = next((cell for cell in cells if cell is not None), None)
    return isinstance(first, str) and first.strip().startswith(EXAMPLE)


def _head(sheet: Sheet, cells: tuple[Any, ...], found: Read) -> dict[int, Column]:
    columns: dict[int, Column] = {}
    names = {name.casefold(): column for column in sheet.columns for name in (column.key, *column.name)}
    for place, cell in enumerate(cells):
        title = str(cell).strip().rstrip("*＊ ") if cell is not None else ""
        column = names.get(title.casefold())
        if not title:
            continue
        if column is None or column in columns.values():
            found.faults.append(Fault(sheet.key, 1, title, "head_twice" if column else "head_unknown"))
            continue
        columns[place] = column
    for column in sheet.columns:
        if column.needed and column not in columns.values():
            found.faults.append(Fault(sheet.key, 1, column.key, "head_missing"))
    return columns


def _values(
    sheet: Sheet, number: int, columns: dict[int, Column], cells: tuple[Any, ...], faults: list[Fault]
) -> tuple[dict[str, Any], bool]:
    """What the cells say, and whether that is all of it."""
    values: dict[str, Any] = {}
    before = len(faults)
    for place, column in columns.items():
        try:
            value = read(column, cells[place] if place < len(cells) else None)
        except BadCell as bad:
            faults.append(Fault(sheet.key, number, column.key, bad.what, bad.params))
        else:
            if value is not LEFT:
                values[column.key] = value
    code = values.get("code")
    if sheet.key == "households" and values.get("kind") != "enterprise" and code is not None and not is_home(code):
        faults.append(Fault(sheet.key, number, "code", "bad_door", {"said": code}))
    complete = all(column.key in values for column in sheet.columns if column.needed)
    return values, complete and len(faults) == before
