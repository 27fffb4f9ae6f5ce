"""The template: both names of every column, lists to choose from, notes, and examples that make a small office."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from bot.importing.columns import EXAMPLE, SHEETS
from storage.importing.rows import SHEETS as KEYS
from tests.importing.bureau import Bureau


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_it_says_what_goes_where(bureau: Bureau, language: str) -> None:
    file = bureau.folder / "template.xlsx"
    bureau.run("import", str(file), "--template", "--language", language)
    english = language == "en"
    book = load_workbook(file)
    assert book.sheetnames == [["说明", "Notes"][english], *(sheet.name[english] for sheet in SHEETS)]
    for sheet in SHEETS:
        page = book[sheet.name[english]]
        for column, cell in zip(sheet.columns, page[1], strict=True):
            assert cell.value == column.name[english] + ("*" if column.needed else "")
            assert all(words in cell.comment.text for words in (*column.name, *column.note))
        lists = [one.sqref for one in page.data_validations.dataValidation]
        assert len(lists) == sum(column.kind in ("choice", "yes") for column in sheet.columns)
        assert page.max_row >= 2 and page["A2"].value.startswith(EXAMPLE[english])
        assert page.freeze_panes == "A2" and page.column_dimensions["A"].number_format == "@"
    notes = [row for row in book.worksheets[0].iter_rows(values_only=True) if row[1]]
    assert len(notes) == 1 + sum(len(sheet.columns) for sheet in SHEETS)


def test_as_it_is_there_is_nothing_to_import(bureau: Bureau) -> None:
    file = bureau.folder / "template.xlsx"
    bureau.run("import", str(file), "--template")
    told = bureau.run("import", str(file)).stdout.splitlines()
    assert told[-2:] == ["跳过样例 15 行", "没有可以导入的内容"]


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_its_examples_are_a_small_office_that_is_whole(bureau: Bureau, language: str) -> None:
    file = bureau.folder / "template.xlsx"
    bureau.run("import", str(file), "--template", "--language", language)
    book = load_workbook(file)
    for page in book.worksheets[1:]:
        for row in page.iter_rows(min_row=2):
            row[0].value = row[0].value.removeprefix(EXAMPLE[language == "en"])
    book.save(file)
    told = bureau.run("import", str(file)).stdout.splitlines()
    assert [line.split("：")[1].split("，")[0] for line in told] == [
        "新增 6",
        "新增 1",
        "新增 1",
        "新增 2",
        "新增 2",
        *["新增 1"] * 3,
    ]


def test_it_does_not_write_over_a_file(bureau: Bureau) -> None:
    file = bureau.folder / "mine.xlsx"
    file.write_text("mine")
    assert "is there already" in bureau.run("import", str(file), "--template", code=1).stderr
    bureau.run("import", str(file), "--template", "--force")
    assert load_workbook(file).sheetnames


def test_the_sheets_are_those_that_storage_knows() -> None:
    assert tuple(sheet.key for sheet in SHEETS) == KEYS


@pytest.mark.parametrize("page", ["IMPORT.md", "IMPORT.zh-CN.md"])
def test_the_manual_of_the_import_names_every_column(page: str) -> None:
    text = (Path(__file__).parents[2] / "docs" / page).read_text(encoding="utf-8")
    parts = text.split("\n### ")[1:]
    for sheet, part in zip(SHEETS, parts, strict=True):
        assert part.startswith(" · ".join(sheet.name))
        rows = [line.split("|")[1:4] for line in part.splitlines() if line.startswith("|")][2:]
        named = [(zh.strip(), en.strip(), needed.strip() == "*") for zh, en, needed in rows]
        assert named == [(*column.name, column.needed) for column in sheet.columns]
