"""Rows that are written as XML: any text, numbers and days as Excel counts them, heights that show all of it."""

from __future__ import annotations

import zipfile
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest
from lxml import etree

from pipeline.delivering import write_ledger
from pipeline.delivering.sheets import lines_of
from schemas.ledger import LedgerRow

ROW = LedgerRow(
    case_number="7号", recipient_name="某甲", cause="", kind="", stage="", origin="", firm_name="", lawyer_name="",
    received_at=datetime(2026, 2, 28, 23, 59, 59, tzinfo=UTC), round_number=2, pages=40, decision=None, waits_for="",
    folder="甲&乙",
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("<罪名>&“故意”\"'", "<罪名>&“故意”\"'"),
        ("a\x00b\x0b\ud800\ufffec", "a?b???c"),
        (" 前后有空格 ", " 前后有空格 "),
        ("一行\n又一行", "一行\n又一行"),
        ("]]></t></is></c></row></sheetData>", "]]></t></is></c></row></sheetData>"),
        ("𠮷", "𠮷"),
    ],
)
def test_any_text_comes_back_as_it_was(tmp_path: Path, text: str, read: str) -> None:
    """Nothing that a scan says ends a cell or makes the workbook unreadable."""
    sheet = openpyxl.load_workbook(write_ledger([ROW.model_copy(update={"cause": text})], tmp_path / "台账.xlsx"))
    assert sheet["案件台账"]["C2"].value == read


def test_what_looks_like_a_code_of_excel_stays_a_text(tmp_path: Path) -> None:
    """Excel reads `_x000D_` as a line break unless it is marked."""
    path = write_ledger([ROW.model_copy(update={"cause": "_x000D_甲_乙"})], tmp_path / "台账.xlsx")
    with zipfile.ZipFile(path) as archive:
        tree = etree.fromstring(archive.read("xl/worksheets/sheet1.xml"))
    assert "_x005F_x000D_甲_乙" in "".join(tree.itertext())


def test_numbers_and_moments_are_such(tmp_path: Path) -> None:
    """To be sorted and added up; the moment by its minute, whatever the seconds."""
    sheet = openpyxl.load_workbook(write_ledger([ROW], tmp_path / "台账.xlsx"))["案件台账"]
    row = {head.value: cell.value for head, cell in zip(sheet[1], sheet[2], strict=True)}
    assert (row["轮次"], row["页数"]) == (2, 40)
    assert row["收卷时间"] == datetime(2026, 2, 28, 23, 59)  # noqa: DTZ001 - Excel knows no zones
    assert sheet["Q2"].hyperlink.target == "甲&乙"


def test_every_sheet_is_whole_and_sorted(tmp_path: Path) -> None:
    """Each row once, in order, each cell in its place, and the filter over all of them."""
    path = write_ledger([ROW] * 30, tmp_path / "台账.xlsx")
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        tree = etree.fromstring(archive.read("xl/worksheets/sheet1.xml"))
    space = {"x": tree.nsmap[None]}
    assert [row.get("r") for row in tree.findall(".//x:row", space)] == [str(number) for number in range(1, 32)]
    assert [cell.get("r") for cell in tree.findall(".//x:row", space)[1]][:3] == ["A2", "B2", "C2"]
    assert tree.find("x:autoFilter", space).get("ref") == "A1:Q31"


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [("", 10, 1), ("甲乙丙丁", 10, 1), ("甲乙丙丁戊", 10, 2), ("a\nb", 10, 2), ("甲" * 9, 9, 3)],
)
def test_a_chinese_character_is_two_wide(text: str, width: int, lines: int) -> None:
    """What is cut off in Excel is not read."""
    assert lines_of(text, width) == lines
