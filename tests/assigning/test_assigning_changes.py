"""What differs between two registrations, and a registration put right."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pipeline.assigning import (
    change_text,
    changes_between,
    corrected,
    difference_text,
    file_changes,
    said_changes,
)
from pipeline.errors import UsageError
from schemas.case import Kind, Origin, Stage
from schemas.registration import CaseRecord, Group, Organ, Recipient, Registration

TODAY = date(2026, 6, 1)
CASE = Registration(
    received_on=date(2026, 3, 5),
    kind=Kind.CRIMINAL_DEFENCE,
    stage=Stage.TRIAL_FIRST,
    origin=Origin.NOTIFIED,
    recipient=Recipient(name="某甲", phone="0000-0000000"),
    cause="盗窃罪",
    organ=Organ(name="某区人民法院"),
    grave=True,
)


def put_right(*words: str) -> Registration:
    return corrected(CASE, said_changes(words), TODAY)


def told(*words: str) -> list[str]:
    return [change_text(change) for change in changes_between(CASE, put_right(*words))]


def test_fields_are_named_as_in_the_workbook_and_filled_as_there() -> None:
    """Titles, other headings for the same, names of the registration file; choices by their Chinese titles."""
    after = put_right("罪名＝诈骗罪", "办案阶段=二审", "受援人类别=农民工、残疾人", "recipient.address=某路1号")
    assert (after.cause, after.stage, after.recipient.address) == ("诈骗罪", Stage.TRIAL_SECOND, "某路1号")
    assert after.recipient.groups == (Group.MIGRANT_WORKER, Group.DISABLED)
    assert after.recipient.phone == CASE.recipient.phone


def test_changes_are_told_with_both_values() -> None:
    """Changed, added, taken out; `no` to life or death is another thing than nothing."""
    assert told("案由=诈骗罪", "联系电话=", "可能判处无期徒刑、死刑=否", "重大疑难案件=否") == [
        "联系电话：删除“0000-0000000”",
        "案由：“盗窃罪”改为“诈骗罪”",
        "可能判处无期徒刑、死刑：登记为“否”",
        "重大疑难案件：“是”改为“否”",
    ]
    assert told("案由=盗窃罪") == []


@pytest.mark.parametrize(
    ("word", "complaint"),
    [
        ("天气=晴", "不能识别“天气=晴”"),
        ("案由", "应当写作“项目=内容”"),
        ("案由=", "“案由”未填写"),
        ("办案机关=", "通知类案件应当填写办案机关"),
        ("受理日期=2026-13-01", "不是存在的日期"),
        ("受理日期=2027-01-01", "晚于今天"),
        ("案件类别=离婚", "不在可选范围内"),
        ("身份证号码=123", "应当为18位"),
        ("与受援人关系=父亲", "“代理人姓名”未填写"),
    ],
)
def test_what_cannot_be_is_refused_in_the_fields_own_name(word: str, complaint: str) -> None:
    """A correction is looked at as closely as a registration."""
    with pytest.raises(UsageError, match=complaint):
        put_right(word)


def test_the_same_field_twice_is_refused() -> None:
    """Which of the two was meant, nobody knows."""
    with pytest.raises(UsageError, match="写了两次"):
        said_changes(["案由=甲", "罪名=乙"])


def test_a_file_names_only_what_is_to_be_put_right(tmp_path: Path) -> None:
    """Null takes a value out, a whole part too; a field that does not exist is named."""
    file = tmp_path / "更正.yaml"
    file.write_text("recipient: {phone: null}\norigin: applied\norgan: null\n", encoding="utf-8")
    after = corrected(CASE, file_changes(file), TODAY)
    assert (after.organ, after.origin, after.recipient) == (None, Origin.APPLIED, Recipient(name="某甲"))
    file.write_text("recipient: {telephone: '1'}\n", encoding="utf-8")
    with pytest.raises(UsageError, match=r"recipient\.telephone"):
        file_changes(file)


def test_differences_say_what_is_registered_and_how_to_put_it_right() -> None:
    """What the other does not fill in is no difference; many are put right by the file."""
    record = CaseRecord(number="虚法援刑字〔2026〕1号", registration=CASE)
    other = CASE.model_copy(update={"cause": "诈骗罪", "recipient": Recipient(name="某甲")})
    text = difference_text(record, other, "表.xlsx")
    assert "案由：已登记“盗窃罪”，此次为“诈骗罪”" in text
    assert '"案由=诈骗罪" --why' in text
    assert "联系电话" not in text
    assert difference_text(record, CASE.model_copy(update={"recipient": Recipient(name="某甲")}), "表.xlsx") == ""
    many = CASE.model_copy(
        update={"cause": "诈骗罪", "region": "甲", "note": "乙", "recipient": Recipient(name="某乙")}
    )
    assert "juanzong case correct 虚法援刑字〔2026〕1号 表.xlsx" in difference_text(record, many, "表.xlsx")
