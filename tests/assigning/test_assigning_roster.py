"""The roster in from Excel and out to Excel, and what a new one changes."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest
from assigning_people import TODAY, lawyer
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.assigning import RosterSheet, read_roster, roster_changes, roster_template, roster_workbook
from pipeline.assigning.roster_columns import COLUMNS, IGNORED, OPEN_CASES, heading
from pipeline.errors import UsageError
from schemas.roster import PERSONNEL_TITLES, Lawyer, Personnel

HEADINGS = ("执业证号", "姓名", "执业机构")
FIRST = ("14408201510123456", "李闻舟", "广东云岫律师事务所")


def workbook(*rows: tuple[Any, ...], above: int = 0, **more: Any) -> bytes:
    """A workbook with these rows, below `above` empty rows; `more` are merged areas or other sheets."""
    book = openpyxl.Workbook()
    sheet = book.active
    for _ in range(above):
        sheet.append(["律师名册"])
    for row in rows:
        sheet.append(row)
    for area in more.get("merged", ()):
        sheet.merge_cells(area)
    for title, lines in more.get("sheets", {}).items():
        other = book.create_sheet(title)
        for line in lines:
            other.append(line)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def read(*rows: tuple[Any, ...], **more: Any) -> RosterSheet:
    return read_roster(workbook(*rows, **more), TODAY)


def cell(title: str, value: Any) -> RosterSheet:
    """What is read of one lawyer whose column `title` holds `value`."""
    return read((*HEADINGS, title), (*FIRST, value))


def test_smallest_roster() -> None:
    """Licence, name and firm are enough; everything else has its default."""
    sheet = read(HEADINGS, FIRST)
    assert sheet.lawyers == (Lawyer(licence=FIRST[0], name=FIRST[1], firm=FIRST[2]),)
    assert not sheet.problems
    assert not sheet.doubts


def test_columns_in_any_order_with_other_names_below_a_title() -> None:
    """Rosters of offices have titles above, headings of their own, and columns that nobody asked for."""
    sheet = read(
        ("序号", "律师事务所（全称）", "律师姓名*", "微信", "执业证编号", "备注"),
        (1, FIRST[2], FIRST[1], "wx", FIRST[0], "轮派"),
        above=2,
    )
    assert [each.licence for each in sheet.lawyers] == [FIRST[0]]
    assert sheet.unread == ("微信",)


def test_merged_firm_stands_for_each_of_its_lawyers() -> None:
    """The lawyers of one firm often share one merged cell."""
    sheet = read(
        ("执业机构", "执业证号", "姓名"),
        (FIRST[2], FIRST[0], "李闻舟"),
        (None, "14408201610123457", "周禾"),
        merged=("A2:A3",),
    )
    assert [each.firm for each in sheet.lawyers] == [FIRST[2], FIRST[2]]


def test_headings_in_two_rows_and_repeated_further_down() -> None:
    """Headings merged downwards above 手机 and 邮箱, and repeated for the next firm."""
    sheet = read(
        (*HEADINGS, "联系方式", None),
        (None, None, None, "手机", "邮箱"),
        (*FIRST, "13800000000", "li@example.com"),
        (*HEADINGS, "手机", "邮箱"),
        ("14408201610123457", "周　禾", "广东 某所", "", ""),
        merged=("A1:A2", "B1:B2", "C1:C2", "D1:E1"),
    )
    assert not sheet.problems
    assert [(each.name, each.firm) for each in sheet.lawyers] == [FIRST[1:], ("周禾", "广东某所")]
    assert sheet.lawyers[0].email == "li@example.com"


def test_empty_rows_and_a_line_at_the_foot_are_no_lawyers() -> None:
    """Blank lines, dashes, and a footnote in a column that is not read."""
    sheet = read(("序号", *HEADINGS), (1, *FIRST), (2, None, "", None), (3, "—", "/", "无"), ("制表人：王某",))
    assert len(sheet.lawyers) == 1
    assert not sheet.problems


@pytest.mark.parametrize("value", [14408201510123456, 1.4408201510123456e16, "1.44082E+16"])
def test_licence_as_a_number_is_refused_with_its_mending(value: Any) -> None:
    """Excel keeps fifteen digits: what was typed cannot be known any more."""
    sheet = read(HEADINGS, (value, *FIRST[1:]))
    assert len(sheet.problems) == 1
    assert "第2行A列（执业证号）" in sheet.problems[0]
    assert "文本" in sheet.problems[0]
    assert not sheet.lawyers


def test_every_mistake_is_told_with_row_and_column() -> None:
    """One reading tells all that is wrong, so that the clerk mends it once."""
    sheet = read(
        (*HEADINGS, "首次执业日期", "电子邮箱", "重大疑难案件", "台账外在办案件", "人员类别"),
        (*FIRST, "2015年3月", "li@", "也许", "三件", "法官"),
        ("", "", FIRST[2], date(2027, 1, 1), "", "", -1, ""),
    )
    places = [problem.split("（")[0] for problem in sheet.problems]
    assert places == [
        "第2行D列", "第2行E列", "第2行F列", "第2行G列", "第2行H列", "第3行A列", "第3行B列", "第3行D列", "第3行G列",
    ]  # fmt: skip
    assert all(problem.endswith("。") for problem in sheet.problems)


def test_duplicate_licence_is_a_mistake_and_a_namesake_is_not() -> None:
    """The licence number is the identity; two of one name are two, and in one firm they are asked about."""
    sheet = read(HEADINGS, FIRST, (FIRST[0], "周禾", "某所"))
    assert "第3行（周禾）与第2行（李闻舟）的执业证号相同" in sheet.problems[0]
    namesakes = read(HEADINGS, FIRST, ("14408201610123457", "李闻舟", "广东某某律师事务所"))
    assert not namesakes.problems
    assert not namesakes.doubts
    assert "同名同机构" in read(HEADINGS, FIRST, ("14408201610123457", *FIRST[1:])).doubts[0]


@pytest.mark.parametrize(
    ("licence", "doubt"),
    [
        ("1440820151012345", "16位"),
        ("24408201510123456", "首位为1"),
        ("19908201510123456", "省级行政区划"),
        ("14408203010123456", "首次执业的年份"),
        ("粤14408201510123456", "数字以外"),
    ],
)
def test_odd_licence_is_asked_about_and_kept(licence: str, doubt: str) -> None:
    """No check digit is known: an odd number is a question, never an error."""
    sheet = read(HEADINGS, (licence, *FIRST[1:]))
    assert len(sheet.lawyers) == 1
    assert not sheet.problems
    assert doubt in sheet.doubts[0]


def test_licence_of_a_legal_worker_is_of_another_form() -> None:
    """The form is a lawyer's; a legal worker's number is not measured by it."""
    assert not read((*HEADINGS, "人员类别"), ("31908000001", "周禾", "某法律服务所", "基层法律服务工作者")).doubts


def test_practice_before_the_year_of_the_first_licence_is_asked_about() -> None:
    """The number states 2015; a beginning in 2013 does not fit, one in 2016 does."""
    assert "2015年" in cell("首次执业日期", date(2013, 1, 1)).doubts[0]
    assert not cell("首次执业日期", date(2016, 1, 1)).doubts


@pytest.mark.parametrize(
    "value", [datetime.fromisoformat("2015-03-01"), "2015-03-01", "2015.3.1", "2015年3月1日", "2015/3/1", "２０１５-3-1", "2015-03-01 00:00:00"]
)  # fmt: skip
def test_days_as_offices_write_them(value: Any) -> None:
    """A date cell, or a text that states year, month and day."""
    assert cell("首次执业日期", value).lawyers[0].practising_since == date(2015, 3, 1)


@pytest.mark.parametrize("value", [42064, "2015-02-30", "2015", "三月一日", True])
def test_days_that_could_mean_something_else_are_refused(value: Any) -> None:
    """A bare number, a month without its day, a day that does not exist."""
    assert "D列（首次执业日期）" in cell("首次执业日期", value).problems[0]


def test_other_cells_as_offices_write_them() -> None:
    """Telephone numbers typed as numbers, several fields in one cell, ticks, counts with their word."""
    assert cell("手机", 13800000000).lawyers[0].phone == "13800000000"
    assert cell("手机", 13800000000.0).lawyers[0].phone == "13800000000"
    assert cell("手机", "1.38E+10").problems
    assert cell("擅长领域", "刑事、民事，劳动/刑事").lawyers[0].fields == ("刑事", "民事", "劳动")
    assert cell("重大疑难案件", "√").lawyers[0].grave_cases
    assert not cell("重大疑难案件", "否").lawyers[0].grave_cases
    assert cell("台账外在办案件", "3件").lawyers[0].other_open_cases == 3
    assert cell("人员类别", "律师").lawyers[0].personnel is Personnel.LAWYER
    assert cell("电子邮箱", "#N/A").problems
    assert cell("擅长领域", "刑" * 200).problems


def test_two_columns_for_one_thing() -> None:
    """The exact heading wins, and the other is named as unread; two exact ones are refused."""
    sheet = read((*HEADINGS, "电话", "手机"), (*FIRST, "0759-1", "138"))
    assert sheet.lawyers[0].phone == "138"
    assert sheet.unread == ("电话",)
    with pytest.raises(UsageError, match="请只保留一列"):
        read((*HEADINGS, "手机", "手机"), (*FIRST, "1", "2"))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "不是 Excel"),
        (b"name,licence\n", "不是 Excel"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, ".xls"),
    ],
)
def test_what_is_no_workbook(content: bytes, sentence: str) -> None:
    """Text, an empty file, the old format: one sentence says what to do."""
    with pytest.raises(UsageError, match=sentence):
        read_roster(content, TODAY)


def test_damaged_and_swollen_workbooks_are_refused() -> None:
    """A package without a workbook, half a workbook, and one that unpacks to more than a roster can be."""
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w") as packed:
        packed.writestr("a.txt", "a")
    with pytest.raises(UsageError, match="已经损坏"):
        read_roster(package.getvalue(), TODAY)
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * (61 * 1024 * 1024))
    with pytest.raises(UsageError, match="过大"):
        read_roster(bomb.getvalue(), TODAY)


def test_sheets_without_a_roster_and_with_two() -> None:
    """Other sheets are passed over; two rosters in one workbook are refused."""
    assert len(read(("说明",), sheets={"名册": [HEADINGS, FIRST]}).lawyers) == 1
    with pytest.raises(UsageError, match="表头"):
        read(("说明",))
    with pytest.raises(UsageError, match="几张名册"):
        read(HEADINGS, FIRST, sheets={"旧": [HEADINGS, FIRST]})
    with pytest.raises(UsageError, match="没有任何人员"):
        read(HEADINGS)


def test_template_is_a_roster_without_lawyers() -> None:
    """Its headings are read; its licence column is text, so that seventeen digits stay seventeen digits."""
    content = roster_template("某市法律援助处")
    with pytest.raises(UsageError, match="没有任何人员"):
        read_roster(content, TODAY)
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["律师名册", "填写说明"]
    assert book["律师名册"].column_dimensions["A"].number_format == "@"


def test_headings_are_each_one_thing() -> None:
    """No name stands for two columns, and none of them is one that is passed over."""
    titles = [heading(title) for column in COLUMNS for title in (column.title, *column.aliases)]
    assert len(titles) == len(set(titles))
    assert not {*titles} & {*map(heading, IGNORED)}
    assert heading(OPEN_CASES) in {*map(heading, IGNORED)}


def test_a_text_that_begins_like_a_formula_stays_a_text() -> None:
    """What a cell says never becomes a formula."""
    odd = lawyer(name="=1+1", firm="@某所")
    assert read_roster(roster_workbook([odd], {}, "某处"), TODAY).lawyers == (odd,)


def test_same_roster_gives_the_same_bytes_and_shows_open_cases() -> None:
    """The export is reproducible; the last column is the registry's count."""
    roster = [lawyer(1), lawyer(2)]
    content = roster_workbook(roster, {roster[1].licence: 4}, "某处")
    assert content == roster_workbook(roster, {roster[1].licence: 4}, "某处")
    sheet = openpyxl.load_workbook(io.BytesIO(content))["律师名册"]
    assert [sheet.cell(row, len(COLUMNS) + 1).value for row in (2, 3)] == [0, 4]


words = st.text(st.characters(categories=("L", "N", "P"), exclude_characters="_#"), min_size=1, max_size=12).filter(
    lambda text: any(char.isalpha() for char in text) and text not in ("无", "空")
)
terms = st.lists(st.sampled_from(["刑事", "民事", "劳动", "婚姻家庭", "𬱖"]), max_size=3, unique=True).map(tuple)
days = st.none() | st.dates(date(1980, 1, 1), TODAY)
lawyers = st.builds(
    Lawyer,
    licence=st.from_regex(r"1[0-9]{16}", fullmatch=True),
    name=words,
    firm=words,
    personnel=st.sampled_from(Personnel),
    practising_since=days,
    fields=terms,
    regions=terms,
    phone=st.from_regex(r"(1[0-9]{10})?", fullmatch=True),
    email=st.sampled_from(["", "li@example.com"]),
    firm_phone=st.sampled_from(["", "0759-0000000"]),
    grave_cases=st.booleans(),
    suspended_until=days,
    other_open_cases=st.integers(0, 999),
)


@settings(max_examples=15)
@given(st.lists(lawyers, min_size=1, max_size=6, unique_by=lambda each: each.licence))
def test_what_is_exported_is_imported_again(roster: list[Lawyer]) -> None:
    """Out and in again is the same roster, in the same order."""
    sheet = read_roster(roster_workbook(roster, {}, "某处"), TODAY)
    assert sheet.problems == ()
    assert sheet.unread == ()
    assert sheet.lawyers == tuple(roster)


def test_changes_against_the_last_roster() -> None:
    """Added, removed, changed with what it was and is, and who leaves with open cases."""
    stays, leaves, comes = lawyer(1), lawyer(2), lawyer(3)
    moved = stays.model_copy(update={"firm": "广东新某律师事务所", "grave_cases": True})
    changes = roster_changes([stays, leaves], [moved, comes], {leaves.licence: 2, stays.licence: 1})
    assert changes.any
    assert changes.added == (f"律师3（广东第3律师事务所，{comes.licence}）",)
    assert len(changes.removed) == 1
    assert "执业机构由“广东第1律师事务所”改为“广东新某律师事务所”" in changes.changed[0]
    assert "承办重大疑难案件由“否”改为“是”" in changes.changed[0]
    assert "在办案件2件" in changes.removed_with_open_cases[0]
    assert not roster_changes([stays], [stays], {}).any


def test_every_class_of_person_has_a_title() -> None:
    """What the roster writes for a class of person, it reads."""
    for title in PERSONNEL_TITLES.values():
        assert not cell("人员类别", title).problems
