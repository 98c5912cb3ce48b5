"""Registrations from YAML and JSON: every fault with its line and the field's Chinese title."""

from __future__ import annotations

import json
from datetime import date

import pytest

from pipeline.assigning import read_registrations
from pipeline.errors import UsageError
from schemas.case import Kind

TODAY = date(2024, 6, 1)
CIVIL = """\
received_on: 2024-03-05
kind: civil
stage: trial_first
origin: applied
recipient:
  name: 某甲
  id_number: "440801199001011231"
cause: 追索劳动报酬纠纷
"""


@pytest.fixture
def read(tmp_path):
    def reading(text: str, name: str = "案件.yaml"):
        (tmp_path / name).write_text(text, encoding="utf-8")
        return read_registrations(tmp_path / name, TODAY)

    return reading


def test_one_case_or_a_list(read):
    """A mapping is a case, a list is several; a number that the office has given already stands beside."""
    (case,) = read(CIVIL)
    assert (case.registration.kind, case.number) == (Kind.CIVIL, "")
    block = CIVIL.replace("\n", "\n  ").rstrip()
    cases = read(f"- {block}\n- number: 虚法援民字〔2024〕7号\n  {block}\n")
    assert [case.number for case in cases] == ["", "虚法援民字〔2024〕7号"]


def test_json_is_read_as_well(read):
    """As other programs write it; a key given as null is a key not given."""
    content = {
        "received_on": "2024-03-05",
        "kind": "civil",
        "stage": None,
        "origin": "applied",
        "recipient": {"name": "某甲", "sex": None},
        "cause": "离婚纠纷",
    }
    (case,) = read(json.dumps(content, ensure_ascii=False, indent=1), "案件.json")
    assert case.registration.cause == "离婚纠纷"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("2024-03-05", "2024-03-35", "第1行：“受理日期”“2024-03-35”不是有效的日期"),
        ("2024-03-05", "2024-07-05", "第1行：“受理日期”为2024-07-05，晚于今天"),
        ("kind: civil", "kind: 民事", "第2行：“案件类别”“民事”不在可选范围内，可填：criminal_defence（刑事辩护）"),
        ("trial_first", "investigation", "第3行：“办案阶段”“侦查阶段”与案件类别“民事诉讼”不符"),
        ("applied", "notified", "第1行：“办案机关”未填写，通知类案件应当填写办案机关"),
        ('"440801199001011231"', "440801199001011231", "第7行：“身份证号码”应当加引号写成文本"),
        ("011231", "011232", "第7行：“身份证号码”的校验位不符"),
        ("cause: 追索劳动报酬纠纷\n", "", "第1行：“案由”未填写"),
        ("  name: 某甲\n", "", "第6行：“受援人姓名”未填写"),
        ("cause:", "reason:", "第8行：“reason”不是登记的项目"),
        ("cause:", "note: [1]\ncause:", "第8行：“备注”的内容有误"),
        ("cause:", "opponents: 虚构公司\ncause:", "第8行：“对方当事人”的写法有误，应当写成列表"),
        ("cause:", "grave: 也许\ncause:", "“重大疑难案件”“也许”应当为 true"),
        ("cause:", "number: 12\ncause:", "第8行：“案件编号”应当加引号写成文本"),
    ],
)
def test_a_fault_is_told_with_its_line_and_field(read, old, new, said):
    """Nothing is registered until the file is right."""
    assert old in CIVIL
    with pytest.raises(UsageError) as told:
        read(CIVIL.replace(old, new, 1))
    assert said in told.value.message


def test_all_faults_of_all_cases_are_told_at_once(read):
    """Which case of the list, which line."""
    with pytest.raises(UsageError) as told:
        read("- kind: civil\n- 某甲\n- received_on: x\n")
    assert told.value.message.count("第1件") == 4
    assert "第2件第2行：不是一件案件" in told.value.message
    assert "第3件第3行：“受理日期”“x”不是有效的日期" in told.value.message


@pytest.mark.parametrize("text", ["", "[]", "null\n", "{", "a: b: c", "\t- x", "&a [*a]"])
def test_what_holds_no_case_is_refused_with_a_sentence(read, text):
    """Empty files, broken YAML, a list that holds itself."""
    with pytest.raises(UsageError, match="案件"):
        read(text)


def test_a_file_in_another_encoding_is_told(tmp_path):
    """A file saved by an old editor; a file that is not there."""
    (tmp_path / "旧.yaml").write_bytes(CIVIL.encode("gb18030"))
    with pytest.raises(UsageError, match="UTF-8"):
        read_registrations(tmp_path / "旧.yaml", TODAY)
    with pytest.raises(UsageError, match="无法读取"):
        read_registrations(tmp_path / "没有.yaml", TODAY)
