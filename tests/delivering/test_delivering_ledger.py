"""The ledger as Excel reads it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from delivering_reports import report

from pipeline.delivering import ledger, ledger_row, write_ledger
from schemas.ledger import LedgerRow, UnusableRow
from schemas.report import Decision

AT = datetime(2026, 3, 9, 14, 30, 12)  # noqa: DTZ001 - the office's wall clock, as Excel has it
FOLDER = "湛法援刑字〔2024〕12号_陈小满/第1次审查"
ROW = ledger_row(report(), AT, 1, folder=FOLDER)


def cells(path: Path, sheet: str = "案件台账") -> list[dict[str, object]]:
    """The sheet's lines, each as header to value."""
    rows = list(openpyxl.load_workbook(path)[sheet].iter_rows(values_only=True))
    return [dict(zip((str(title) for title in rows[0]), row, strict=True)) for row in rows[1:]]


def test_row_says_what_the_case_waits_for(tmp_path: Path) -> None:
    """One line tells case, verdict, what is missing, what is open, and where the letters lie."""
    (line,) = cells(write_ledger([ROW], tmp_path / "台账.xlsx"))
    assert line["案件编号"] == "湛法援刑字〔2024〕12号"
    assert line["收卷时间"] == AT.replace(second=0)
    assert line["审查结论"] == "材料不齐，暂缓发放补贴"
    assert line["缺失项"] == "庭审笔录或者情况说明"
    assert line["影响补贴事项"] == "卷内未见庭审笔录。"
    assert line["待核事项"] == "可能缺少阅卷笔录。"
    assert line["等待事项"] == "待承办人补正"
    assert (line["类别"], line["阶段"], line["来源"]) == ("刑事辩护", "一审阶段", "通知类")


def test_uncertain_value_is_shown_as_such(tmp_path: Path) -> None:
    """A doubtful reading is 待核 and not a fact; an unknown one is empty."""
    (line,) = cells(write_ledger([ROW], tmp_path / "台账.xlsx"))
    assert line["案由"] == "待核"
    assert not line["承办人"]


@pytest.mark.parametrize(
    "text", ["=1+1", "+86", "-1", "@SUM(A1)", "http://example.com", "0012", "{=1}", "=HYPERLINK(1)"]
)
def test_texts_stay_texts(tmp_path: Path, text: str) -> None:
    """Whatever a scan says, it is neither a formula, a link nor a number."""
    row = ROW.model_copy(update={"recipient_name": text, "missing": (text,)})
    path = write_ledger(
        [row], tmp_path / "台账.xlsx", [UnusableRow(name=text, received_at=None, message=text, folder="")]
    )
    book = openpyxl.load_workbook(path)
    for cell in (book["案件台账"]["B2"], book["案件台账"]["M2"], book["无法审查"]["A2"], book["无法审查"]["C2"]):
        assert (cell.data_type, cell.value, cell.hyperlink) == ("s", text, None)


def test_folder_is_a_relative_link(tmp_path: Path) -> None:
    """The link works wherever the outbox is mounted."""
    sheet = openpyxl.load_workbook(write_ledger([ROW], tmp_path / "台账.xlsx"))["案件台账"]
    assert sheet["Q2"].value == FOLDER
    assert sheet["Q2"].hyperlink.target.replace("\\", "/") == FOLDER


def test_case_without_letters_has_no_link(tmp_path: Path) -> None:
    """Nothing is linked that is not there."""
    sheet = openpyxl.load_workbook(write_ledger([ledger_row(report(), AT, 1)], tmp_path / "台账.xlsx"))["案件台账"]
    assert (sheet["Q2"].value, sheet["Q2"].hyperlink) == (None, None)


def test_sheet_is_ready_to_work_with(tmp_path: Path) -> None:
    """Header frozen, filter on, verdicts coloured, all columns wide enough to read."""
    sheet = openpyxl.load_workbook(write_ledger([ROW, ROW], tmp_path / "台账.xlsx"))["案件台账"]
    assert sheet.freeze_panes == "C2"
    assert sheet.auto_filter.ref == "A1:Q3"
    rules = [rule for area in sheet.conditional_formatting for rule in area.rules]
    assert len(rules) == len(Decision)
    assert sheet["A1"].font.name == "黑体"


def test_unusable_inputs_have_their_sheet(tmp_path: Path) -> None:
    """What could not be audited is listed with the reason."""
    unusable = UnusableRow(name="坏.pdf", received_at=AT, message="文件已损坏。", folder="无法审查/坏.pdf_1234abcd")
    (line,) = cells(write_ledger([], tmp_path / "台账.xlsx", [unusable]), "无法审查")
    assert (line["名称"], line["原因和处理办法"]) == ("坏.pdf", "文件已损坏。")


def test_empty_ledger_opens(tmp_path: Path) -> None:
    """The first day of an office."""
    assert cells(write_ledger([], tmp_path / "台账.xlsx")) == []


def test_overlong_and_broken_texts_are_held(tmp_path: Path) -> None:
    """A cell that cannot hold everything says where the rest is; a stray surrogate or control does no harm."""
    row = ROW.model_copy(update={"uncertain": tuple("事项" * 50 for _ in range(900)), "cause": "甲\ud800\x01乙"})
    (line,) = cells(write_ledger([row], tmp_path / "台账.xlsx"))
    assert str(line["待核事项"]).endswith("（其余见审查意见书）")
    assert str(line["案由"]).startswith("甲")


def test_same_rows_leave_the_file_alone(tmp_path: Path) -> None:
    """A ledger that says the same is not written again."""
    path = write_ledger([ROW], tmp_path / "台账.xlsx")
    before = path.stat().st_mtime_ns
    write_ledger([ROW], path)
    assert path.stat().st_mtime_ns == before


def test_ledger_open_in_excel_is_written_beside_and_replaced_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While Excel holds it, the new one waits under a name that says so; afterwards that one goes."""
    path = write_ledger([ROW], tmp_path / "台账.xlsx")
    newer = ROW.model_copy(update={"round_number": 2})
    replace = ledger.replace_file

    def refusing(outbox: Path, target: Path, content: bytes) -> None:
        if target == path:
            raise PermissionError(target)
        replace(outbox, target, content)

    with monkeypatch.context() as excel:
        excel.setattr(ledger, "replace_file", refusing)
        pending = write_ledger([newer], path)
    assert pending.name == "台账（待替换）.xlsx"
    assert cells(path)[0]["轮次"] == 1
    assert cells(pending)[0]["轮次"] == 2
    assert write_ledger([newer], path) == path
    assert cells(path)[0]["轮次"] == 2
    assert not pending.exists()


def test_row_that_is_not_audited_yet_says_so(tmp_path: Path) -> None:
    """A case that waits for its audit stands in the ledger, too."""
    row = LedgerRow(
        case_number="", recipient_name="", cause="", kind="", stage="", origin="", firm_name="", lawyer_name="",
        received_at=None, round_number=1, pages=0, decision=None, waits_for="待审查", folder="",
    )  # fmt: skip
    (line,) = cells(write_ledger([row], tmp_path / "台账.xlsx"))
    assert line["审查结论"] == "未审查"
