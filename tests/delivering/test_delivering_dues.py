"""The sheet of running terms in the ledger, and a ledger that is long."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import openpyxl

from pipeline.delivering import ledger, write_ledger
from schemas.due import Due, DueState, RunningTerm
from schemas.ledger import LedgerRow
from schemas.report import Standing

DUE = RunningTerm(
    key="7",
    case_number="虚法援刑字〔2024〕7号",
    recipient_name="某甲",
    lawyer_name="某律师",
    firm_name="虚构律师事务所",
    stands="已通知补正，待承办人补正",
    folder="虚法援刑字〔2024〕7号_某甲",
    due=Due(
        name="cure",
        since=date(2026, 3, 2),
        ends_on=date(2026, 3, 16),
        days_left=-3,
        state=DueState.LATE,
        basis="",
        standing=Standing.CONFIRMED,
    ),
)
ROW = LedgerRow(
    case_number="=1+1", recipient_name="某甲", cause="盗窃罪", kind="", stage="", origin="", firm_name="", lawyer_name="",
    received_at=None, round_number=1, pages=1, decision=None, waits_for="", folder='甲"乙_某甲',
)  # fmt: skip


def test_a_term_has_its_days_as_days_and_its_state_in_colour(tmp_path: Path) -> None:
    """Sorted and filtered by Excel as what they are; what is late is red."""
    sheet = openpyxl.load_workbook(write_ledger([], tmp_path / "台账.xlsx", dues=[DUE]))["期限"]
    head, row = list(sheet.iter_rows(values_only=True))
    found = dict(zip(head, row, strict=True))
    assert found["届满日"] == datetime(2026, 3, 16)  # noqa: DTZ001 - Excel knows no zones
    assert (found["剩余天数"], found["状态"], found["期限"]) == (-3, "已逾期", "承办人补正")
    assert found["由谁办理"] == "承办人"
    (cell,) = [cell for cell in sheet[1] if cell.value == "状态"]
    rules = [rule for ranged in sheet.conditional_formatting for rule in ranged.rules]
    assert all(f"{cell.column_letter}2" in str(ranged.sqref) for ranged in sheet.conditional_formatting)
    assert '"已逾期"' in [formula for rule in rules for formula in rule.formula]


def test_a_term_without_a_known_end_says_so(tmp_path: Path) -> None:
    """No day is invented for a year whose working days are not known."""
    due = DUE.due.model_copy(update={"ends_on": None, "days_left": None, "state": DueState.UNKNOWN})
    term = DUE.model_copy(update={"due": due})
    sheet = openpyxl.load_workbook(write_ledger([], tmp_path / "台账.xlsx", dues=[term]))["期限"]
    head, row = list(sheet.iter_rows(values_only=True))
    found = dict(zip(head, row, strict=True))
    assert (found["届满日"], found["剩余天数"], found["状态"]) == ("待核", None, "届满日待核")


def test_rows_are_used_up_before_the_other_sheets(tmp_path: Path) -> None:
    """What the terms show may be learnt while the cases go by."""
    seen: list[RunningTerm] = []

    def rows():
        yield ROW
        seen.append(DUE)

    workbook = openpyxl.load_workbook(write_ledger(rows(), tmp_path / "台账.xlsx", dues=iter(seen)))
    assert workbook["期限"].max_row == 2


def test_more_links_than_excel_takes_become_formulas_and_no_text_becomes_one(tmp_path: Path, monkeypatch) -> None:
    """Behind the limit the folder is reached by a formula of its own; a quotation mark in its name stays one."""
    monkeypatch.setattr(ledger, "_MOST_LINKS", 1)
    sheet = openpyxl.load_workbook(write_ledger([ROW, ROW], tmp_path / "台账.xlsx"))["案件台账"]
    first, second = sheet[2][16], sheet[3][16]
    assert first.hyperlink is not None
    assert second.hyperlink is None
    assert second.value == '=HYPERLINK("甲""乙_某甲","甲""乙_某甲")'
    assert sheet[3][0].data_type == "s"
    assert sheet[3][0].value == "=1+1"
