"""The registration workbook, read: good rows become registrations, bad ones say what and where."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime

import openpyxl
import pytest
from registration_rows import CIVIL, CRIMINAL, FIRST, HEADING_ROW, LETTERS, workbook

from pipeline.assigning import read_registration_workbook, registration_template, result_workbook
from pipeline.errors import InputError
from schemas.case import Custody, Kind, Origin, Stage
from schemas.entry import RowOutcome
from schemas.registration import Group

TODAY = date(2024, 6, 1)


@pytest.fixture
def read(tmp_path):
    """Reads rows that a clerk has filled in; one row gives its reading."""

    def reading(*rows, **options):
        sheet = read_registration_workbook(workbook(tmp_path / "表.xlsx", *rows, **options), TODAY)
        assert sheet is not None
        return sheet.rows[0] if len(sheet.rows) == 1 else sheet.rows

    return reading


def faults(row) -> str:
    return "；".join(fault.sentence for fault in row.faults)


def test_an_empty_template_is_a_registration_workbook_without_cases(tmp_path):
    """It is known by its headings."""
    path = tmp_path / "随便什么名字.xlsx"
    path.write_bytes(registration_template("虚构市法律援助处"))
    sheet = read_registration_workbook(path, TODAY)
    assert sheet is not None
    assert sheet.rows == ()


def test_a_filled_row_is_a_case(read):
    """Chinese titles become the data's values; lists are split; what is empty is not known."""
    row = read(
        CIVIL
        | {
            "受援人类别": "农民工、残疾人",
            "对方当事人": "虚构甲公司，虚构乙公司",
            "联系电话": 13800000000,
            "重大疑难案件": "否",
        }
    )
    case = row.registration
    assert case is not None, faults(row)
    assert (case.kind, case.stage, case.origin) == (Kind.CIVIL, Stage.TRIAL_FIRST, Origin.APPLIED)
    assert case.received_on == date(2024, 3, 5)
    assert case.recipient.groups == (Group.MIGRANT_WORKER, Group.DISABLED)
    assert case.opponents == ("虚构甲公司", "虚构乙公司")
    assert case.recipient.phone == "13800000000"
    assert (case.life_or_death, case.organ, case.representative) == (None, None, None)


def test_several_rows_with_blank_ones_between(read):
    """Empty rows are passed over; a row keeps its number in the sheet."""
    rows = read(CIVIL, {}, {"备注": "   "}, CRIMINAL | {"强制措施": "羁押", "办案机关电话": "0759-1234567"})
    assert [(row.row, row.registration is not None) for row in rows] == [(FIRST, True), (FIRST + 3, True)]
    assert rows[1].registration.recipient.custody is Custody.DETAINED


@pytest.mark.parametrize(
    ("value", "day"),
    [
        (datetime(2024, 3, 5, 10, 30), date(2024, 3, 5)),  # noqa: DTZ001 - a cell has no time zone
        ("2024/3/5", date(2024, 3, 5)),
        ("２０２４．３．５", date(2024, 3, 5)),
        (20240305, date(2024, 3, 5)),
        ("2024 年 3 月 5 日", date(2024, 3, 5)),
    ],
)
def test_a_date_is_understood_as_people_write_it(read, value, day):
    """A date cell, or a text with year, month and day."""
    assert read(CIVIL | {"受理日期": value}).registration.received_on == day


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"受理日期": "2024-02-30"}, "受理日期（A列）”“2024-02-30”不是存在的日期"),
        ({"受理日期": 45356}, "受理日期（A列）”是数字"),
        ({"受理日期": "24.3.5"}, "不是完整的日期"),
        ({"受理日期": "2024-07-01"}, "晚于今天"),
        ({"受理日期": "1924-03-05"}, "年份有误"),
        ({"受理日期": None}, "受理日期（A列）”未填写"),
        ({"案件类别": "打官司"}, "不在可选范围内，可填：刑事辩护、刑事代理"),
        ({"案件类别": "刑事"}, "不在可选范围内"),
        ({"办案阶段": "侦查阶段"}, "与案件类别“民事诉讼”不符，可填：一审阶段、二审阶段、再审阶段"),
        ({"案件类别": "劳动争议仲裁"}, "办案阶段（C列）”应当留空"),
        ({"案件来源": "通知类"}, "办案机关（U列）”未填写"),
        ({"身份证号码": 440801199001011231}, "以数字格式录入"),
        ({"身份证号码": "4.40801E+17"}, "以数字格式录入"),
        ({"身份证号码": "440801199001011230"}, "校验位不符"),
        ({"身份证号码": "44080119900101123"}, "应当为18位，现为17位"),
        ({"身份证号码": "440801199013011239"}, "出生日期有误"),
        ({"出生日期": "1990-01-02"}, "与身份证号码不一致，按身份证号码为1990-01-01"),
        ({"性别": "女"}, "按身份证号码为男"),
        ({"出生日期": "2025-01-01", "身份证号码": None}, "不合情理"),
        ({"联系电话": "打给村委会"}, "不是有效的电话号码"),
        ({"联系电话": 7591234567}, "开头的0可能已经丢失"),
        ({"受援人姓名": 12345}, "是数字，请核对是否填错了列"),
        ({"受援人姓名": "——"}, "受援人姓名（E列）”未填写"),
        ({"案由": "#N/A"}, "公式出错"),
        ({"案由": "=A1&B1"}, "没有计算结果的公式"),
        ({"与受援人关系": "父亲"}, "代理人姓名（O列）”未填写"),
        ({"代理人姓名": "某丙", "代理人身份证号码": "123"}, "代理人身份证号码（Q列）”应当为18位"),
        ({"开庭日期": "2024-01-05"}, "开庭日期（AB列）”早于受理日期"),
        ({"通知日期": "2024-05-05"}, "晚于受理日期"),
        ({"同案人": "某丁"}, "只用于刑事案件"),
        ({"对方当事人": "某甲"}, "含有受援人本人"),
        ({"重大疑难案件": "也许"}, "可填：是、否"),
    ],
)
def test_a_wrong_cell_is_told_with_its_column_and_how_to_mend_it(read, changes, said):
    """A row with one fault is not registered."""
    row = read(CIVIL | changes)
    assert row.registration is None
    assert said in faults(row)


def test_all_faults_of_a_row_are_told_at_once(read):
    """The clerk corrects a row once."""
    row = read(CIVIL | {"受理日期": None, "案由": None, "身份证号码": 1.2e17, "案件类别": "别的"})
    assert len(row.faults) == 4


def test_another_document_than_the_identity_card_is_taken_as_it_is(read):
    """A passport has no check digit that we know."""
    assert read(CIVIL | {"身份证号码": "E12345678"}).registration.recipient.id_number == "E12345678"


def test_a_hidden_row_is_not_registered_unseen(read):
    """The clerk does not see what he registers."""

    def hide(sheet):
        sheet.row_dimensions[FIRST].hidden = True

    row = read(CIVIL, change=hide)
    assert row.registration is None
    assert "隐藏" in faults(row)


def test_cells_merged_over_rows_are_told_and_over_columns_are_read(read):
    """A merged cell belongs to no row; a long text across two columns belongs to the first."""

    def merge(sheet):
        sheet.merge_cells(start_row=FIRST, end_row=FIRST + 1, start_column=LETTERS["案由"], end_column=LETTERS["案由"])
        sheet.merge_cells(
            start_row=FIRST + 2, end_row=FIRST + 2, start_column=LETTERS["案由"], end_column=LETTERS["申请事项"]
        )

    rows = read(CIVIL, CIVIL | {"案由": None}, CIVIL, change=merge)
    assert ["合并" in faults(row) for row in rows] == [True, True, False]
    assert rows[2].registration is not None


def test_headings_may_stand_lower_be_moved_and_carry_remarks(tmp_path):
    """Own columns are not read; brackets, blanks and asterisks in a heading do not matter."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["登记表"])
    sheet.append([])
    titles = [
        "序号",
        "受援人 姓名*",
        "案由（罪名）",
        "案件\n来源",
        "案件类别",
        "受理日期（年月日）",
        "窗口人员",
        "身份证号",
    ]
    sheet.append(titles)
    sheet.append([1, "某甲", "离婚纠纷", "申请类", "民事诉讼", date(2024, 3, 5), "某人", "440801199001011231"])
    book.save(tmp_path / "本处自用.xlsx")
    sheet = read_registration_workbook(tmp_path / "本处自用.xlsx", TODAY)
    assert sheet.rows[0].registration.recipient.id_number == "440801199001011231"


def test_a_missing_or_doubled_heading_is_told_once(tmp_path):
    """Then no row can be read."""

    def spoil(sheet):
        sheet.cell(HEADING_ROW, LETTERS["案件来源"]).value = "案由"

    sheet = read_registration_workbook(workbook(tmp_path / "表.xlsx", CIVIL, CIVIL, change=spoil), TODAY)
    (row,) = sheet.rows
    assert row.row == HEADING_ROW
    assert "“案件来源”一列缺失" in faults(row)
    assert "“案由”一列出现两次" in faults(row)


def test_another_workbook_is_no_registration(tmp_path):
    """A ledger of cases with some of the same headings is not entered."""
    book = openpyxl.Workbook()
    book.active.append(["案件编号", "受援人", "案由", "类别", "阶段", "来源", "承办单位", "承办人", "收卷时间"])
    book.active.append(["虚法援民字〔2024〕1号", "某甲", "离婚纠纷"])
    book.save(tmp_path / "台账.xlsx")
    assert read_registration_workbook(tmp_path / "台账.xlsx", TODAY) is None


def test_a_broken_workbook_is_told(tmp_path):
    """Cut off in the middle, without contents, or with packed bytes or XML that are not whole."""
    whole = registration_template("虚构市法律援助处")
    packed = bytearray(whole)
    packed[whole.index(b"PK\x01\x02") // 2] ^= 0xFF
    broken = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(broken, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"</sheetData>", b"<sheetData>"))
    for content in (whole[: len(whole) // 2], b"PK\x05\x06" + b"\0" * 18, bytes(packed), broken.getvalue()):
        (tmp_path / "坏.xlsx").write_bytes(content)
        with pytest.raises(InputError) as told:
            read_registration_workbook(tmp_path / "坏.xlsx", TODAY)
        assert told.value.code == "corrupt"


def test_the_template_offers_lists_and_keeps_numbers_as_text():
    """Drop-down lists with Chinese values; the identity column is text; a second sheet explains."""
    book = openpyxl.load_workbook(io.BytesIO(registration_template("虚构市法律援助处")))
    sheet = book.worksheets[0]
    lists = [rule.formula1 for rule in sheet.data_validations.dataValidation if rule.type == "list"]
    assert any("刑事辩护" in each for each in lists)
    assert sum("是,否" in each for each in lists) == 2
    assert sheet.column_dimensions["F"].width > 18
    assert book.sheetnames == ["受理登记表", "填表说明"]


def test_the_result_is_a_copy_that_says_what_became_of_each_row(tmp_path):
    """The case number stands in its column; a text that looks like a formula stays one."""
    path = workbook(tmp_path / "表.xlsx", CIVIL | {"备注": "原样"}, CRIMINAL)
    outcomes = [
        RowOutcome(sheet="受理登记表", row=FIRST, registered=True, number="虚法援民字〔2024〕1号", message="已登记。"),
        RowOutcome(sheet="受理登记表", row=FIRST + 1, registered=False, message="=未登记：请更正。"),
    ]
    sheet = openpyxl.load_workbook(io.BytesIO(result_workbook(path, outcomes))).worksheets[0]
    result = len(LETTERS) + 1
    assert sheet.cell(HEADING_ROW, result).value == "处理结果"
    assert [sheet.cell(FIRST + step, result).value for step in (0, 1)] == ["已登记。", "=未登记：请更正。"]
    assert sheet.cell(FIRST + 1, result).data_type == "s"
    assert sheet.cell(FIRST, LETTERS["案件编号"]).value == "虚法援民字〔2024〕1号"
    assert sheet.cell(FIRST, LETTERS["备注"]).value == "原样"


def test_a_workbook_that_unpacks_too_large_is_told(tmp_path, monkeypatch):
    """Before anything of it is read."""
    monkeypatch.setattr("pipeline.assigning.registration_reading.LARGEST", 1000)
    with pytest.raises(InputError) as told:
        read_registration_workbook(workbook(tmp_path / "表.xlsx", CIVIL), TODAY)
    assert told.value.code == "large_workbook"
