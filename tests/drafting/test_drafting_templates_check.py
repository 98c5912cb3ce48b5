"""Checking an office's own templates: what they ask for, what they miss, and where they are broken."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document

from pipeline.drafting import check_template
from pipeline.drafting.guide import guide
from pipeline.drafting.templating.__main__ import BUILDERS, FOLDER
from schemas.draft import DRAFT_TITLES, DraftKind
from schemas.template_check import TemplateCheck


def template(folder: Path, *paragraphs: str, title: str = "审查意见书") -> Path:
    document = Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    path = folder / f"{title}.docx"
    document.save(str(path))
    return path


def checked(folder: Path, *paragraphs: str) -> TemplateCheck:
    return check_template(template(folder, *paragraphs))


@pytest.mark.parametrize("kind", BUILDERS)
def test_templates_of_the_program_are_in_order(kind: DraftKind) -> None:
    """What comes with the program has no fault, and asks only for what it gets."""
    result = check_template(FOLDER / f"{DRAFT_TITLES[kind]}.docx")
    assert result.kind is kind
    assert result.faults == ()
    assert result.remarks == ()
    assert [item for item in result.placeholders if item.used]


@pytest.mark.parametrize(
    ("paragraph", "complaint"),
    [
        ("{{ 受援人员 }}", "占位符“受援人员”没有对应的内容。是否应为“受援人”？"),
        ("{{ 毫不相干 }}", "占位符“毫不相干”没有对应的内容。请对照"),
        ("{{ 受援人 }", "不成对"),
        ("受援人 }}", "不成对"),
        ("{% if 补贴金额 }", "不成对"),
        ("｛{ 受援人 }｝", "全角"),
        ("{{ 受援人 + }}", "书写有误"),
        ("{% for 行 审查发现 %}", "书写有误"),
        ("{% if 补贴金额 %}", "“if”没有对应的“endif”"),
        ("{% endif %}", "“endif”没有对应的“if”"),
        ("{% else %}", "不在 if 之内"),
        ("{% for 行 in 审查发现 %}{{ 行.材料 }}", "“for”没有对应的“endfor”"),
        ("{% for 行 in 审查发现 %}{{ 行.不存在 }}{% endfor %}", "没有“不存在”一栏，可用：序号、材料"),
        ("{{ 行.材料 }}", "只能用在相应的 for 与 endfor 之间"),
        ("{% for 行 in 受援人 %}{% endfor %}", "不是表"),
        ("{{ 审查发现 }}", "是表"),
        ("{{ 有待核依据 }}", "只能用于 if"),
        ("{% include '甲' %}", "不能使用命令“include”"),
        ("{% %}", "不能使用命令"),
        ("正文{%p if 补贴金额 %}", "单独成段"),
        ("{{ 受援人.__class__ }}", "只能用在相应的"),
    ],
)
def test_fault_is_told_with_its_paragraph(tmp_path: Path, paragraph: str, complaint: str) -> None:
    """The clerk learns which paragraph to look at, what stands there, and what to do."""
    result = checked(tmp_path, "结案卷宗审查意见书", paragraph)
    assert [fault for fault in result.faults if complaint in fault.message and fault.place == "正文第2段"]
    assert {fault.text for fault in result.faults} == {paragraph}


def test_fault_in_a_table_is_told_with_row_and_column(tmp_path: Path) -> None:
    """Tables are counted as a reader counts them."""
    path = template(tmp_path, "标题")
    document = Document(str(path))
    document.add_table(1, 1)
    table = document.add_table(3, 2)
    table.cell(2, 1).text = "{{ 受援入 }}"
    document.save(str(path))
    assert [fault.place for fault in check_template(path).faults] == ["第2个表格第3行第2栏"]


def test_fault_in_a_page_head_is_found(tmp_path: Path) -> None:
    """Head and foot of the page are filled in too."""
    path = template(tmp_path, "标题")
    document = Document(str(path))
    document.sections[0].header.paragraphs[0].text = "{{ 机构 }}"
    document.save(str(path))
    assert [fault.place for fault in check_template(path).faults] == ["页眉"]


def test_placeholder_in_pieces_is_one(tmp_path: Path) -> None:
    """Word cuts a placeholder into pieces as one types; it is read as it is seen."""
    path = template(tmp_path)
    document = Document(str(path))
    paragraph = document.add_paragraph()
    for piece in ("{", "{ 受援", "人 }", "}"):
        paragraph.add_run(piece)
    document.save(str(path))
    result = check_template(path)
    assert result.faults == ()
    assert {item.name for item in result.placeholders if item.used} == {"受援人"}


def test_what_is_left_out_is_a_remark(tmp_path: Path) -> None:
    """An office may drop a placeholder; it is told, not forbidden."""
    result = checked(tmp_path, "{{ 受援人 }}")
    assert result.faults == ()
    assert [remark for remark in result.remarks if "“案件编号”" in remark]
    assert not [remark for remark in result.remarks if "“受援人”" in remark]


def test_trial_finds_what_reading_does_not(tmp_path: Path) -> None:
    """A template that reads well and cannot be filled in is found by filling it in."""
    assert [fault.message for fault in checked(tmp_path, "{{ 受援人 // 2 }}").faults] == [
        "模板内容有误，请对照随程序提供的模板修改。"
    ]


def test_hostile_template_is_stopped(tmp_path: Path) -> None:
    """A template from elsewhere reaches nothing of the program."""
    assert checked(tmp_path, "{{ ''.__class__.__mro__ }}").faults


def test_unknown_file_name_is_told(tmp_path: Path) -> None:
    """A template under a wrong name would never be used."""
    result = check_template(template(tmp_path, "甲", title="会见函"))
    assert result.kind is None
    assert "是否应为“会见公函.docx”" in result.faults[0].message


@pytest.mark.parametrize("content", [b"", b"not a document", b"PK\x03\x04 broken"])
def test_file_that_is_no_document_is_told(tmp_path: Path, content: bytes) -> None:
    """A damaged file ends in a sentence."""
    path = tmp_path / "审查意见书.docx"
    path.write_bytes(content)
    assert [fault.message for fault in check_template(path).faults] == [
        "不是完好的 Word 文档（DOCX），请用 Word 或者 WPS 重新另存。"
    ]


@pytest.mark.parametrize("kind", BUILDERS)
def test_guide_says_what_each_placeholder_means(kind: DraftKind) -> None:
    """A list of names alone helps nobody."""
    assert guide(kind)
    assert all(what.meaning for what in guide(kind).values())
