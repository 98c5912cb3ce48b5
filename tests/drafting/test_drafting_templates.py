"""The Word templates: built by a script, laid out as official letters, replaceable by an office, and safe."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm
from drafting_documents import of_kind, parts_of, text_of
from drafting_reports import CERTAIN, report
from drafting_samples import sample_values

from pipeline.drafting import draft, rendering
from pipeline.drafting.guide import guide
from pipeline.drafting.templating.__main__ import BUILDERS, FOLDER
from pipeline.drafting.templating.styles import save_letter
from pipeline.errors import StandardError
from schemas.draft import DRAFT_TITLES, DraftKind, Office

OFFICE = Office(name="某某法律援助处")
DAY = date(2026, 3, 9)


def drafted(templates: Path, kind: DraftKind = DraftKind.AUDIT_OPINION) -> str:
    office = OFFICE.model_copy(update={"templates_dir": templates})
    return text_of(of_kind(draft(report(CERTAIN), office, DAY, 1), kind))


def save_template(folder: Path, *paragraphs: str) -> Path:
    document = Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    path = folder / "审查意见书.docx"
    document.save(str(path))
    return path


@pytest.mark.parametrize("kind", BUILDERS)
def test_committed_template_is_what_the_script_builds(kind: DraftKind) -> None:
    """A change by hand to a template, or a forgotten rebuild, shows."""
    built = io.BytesIO()
    save_letter(BUILDERS[kind](), built)
    committed = parts_of((FOLDER / f"{DRAFT_TITLES[kind]}.docx").read_bytes())
    assert parts_of(built.getvalue()) == committed


@pytest.mark.parametrize("kind", BUILDERS)
def test_page_is_that_of_an_official_letter(kind: DraftKind) -> None:
    """A4 with the margins of GB/T 9704: 37, 35, 28 and 26 mm."""
    section = Document(str(FOLDER / f"{DRAFT_TITLES[kind]}.docx")).sections[0]
    measures = (section.page_width, section.page_height, section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)  # fmt: skip
    for measure, millimetres in zip(measures, (210, 297, 37, 35, 28, 26), strict=True):
        assert measure == pytest.approx(Mm(millimetres), abs=Mm(0.1))
    assert "PAGE" in "".join(piece.text or "" for piece in section.footer._element.iter(qn("w:instrText")))


@pytest.mark.parametrize("kind", BUILDERS)
def test_tables_fit_the_type_area_and_lists_repeat_their_header(kind: DraftKind) -> None:
    """No table is wider than 156 mm, and a list that runs over keeps its header row."""
    document = Document(str(FOLDER / f"{DRAFT_TITLES[kind]}.docx"))
    for table in document.tables:
        assert sum(column.width or 0 for column in table.columns) == pytest.approx(Mm(156), abs=Mm(0.2))
        if len(table.rows) > 1 and "{%tr for" in table.rows[1].cells[0].text:
            assert table.rows[0]._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None


@pytest.mark.parametrize("kind", BUILDERS)
def test_styles_name_their_chinese_fonts(kind: DraftKind) -> None:
    """Every paragraph style in use says which East Asian font it is set in."""
    document = Document(str(FOLDER / f"{DRAFT_TITLES[kind]}.docx"))
    cells = [
        paragraph
        for table in document.tables
        for row in table.rows
        for cell in row.cells
        for paragraph in cell.paragraphs
    ]
    fonts = {}
    for paragraph in (*document.paragraphs, *cells):
        fonts[paragraph.style.name] = paragraph.style.element.rPr.find(qn("w:rFonts")).get(qn("w:eastAsia"))
    assert set(fonts.values()) <= {"方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312", "宋体"}
    titles = {fonts[name] for name in ("Title", "信函标题") if name in fonts}
    assert titles == {"方正小标宋简体"}


@pytest.mark.parametrize("kind", BUILDERS)
def test_building_twice_gives_the_same_bytes(kind: DraftKind) -> None:
    """Nobody commits a template that has not changed."""
    first, second = io.BytesIO(), io.BytesIO()
    save_letter(BUILDERS[kind](), first)
    save_letter(BUILDERS[kind](), second)
    assert first.getvalue() == second.getvalue()


def test_office_template_wins(tmp_path: Path) -> None:
    """An office's own letter is used, and the letters that it lacks come from the program."""
    save_template(tmp_path, "本机构格式：{{ 受援人 }}")
    assert drafted(tmp_path) == "本机构格式：陈小满"
    assert "补正通知书回执" in drafted(tmp_path, DraftKind.DEFICIENCY_NOTICE)


@pytest.mark.parametrize(
    ("paragraph", "complaint"),
    [
        ("{{ 受援人员 }}", "占位符“受援人员”没有对应的内容"),
        ("{% for 行 in 审查发现 %}{{ 行.不存在 }}{% endfor %}", "占位符“不存在”没有对应的内容"),
        ("{% for 行 in 审查发现 %}", "占位符书写有误"),
        ("{{ ''.__class__.__mro__ }}", "不允许的操作"),
        ("{{ 1 // 0 }}", "模板内容有误"),
    ],
)
def test_faulty_template_is_named_with_its_fault(tmp_path: Path, paragraph: str, complaint: str) -> None:
    """Whoever edited the template learns which file, and what to mend."""
    path = save_template(tmp_path, paragraph)
    with pytest.raises(StandardError) as fault:
        drafted(tmp_path)
    assert str(path) in fault.value.message
    assert complaint in fault.value.message


@pytest.mark.parametrize("content", [b"", b"not a document", b"PK\x03\x04 broken"])
def test_template_that_is_no_document_is_named(tmp_path: Path, content: bytes) -> None:
    """A damaged file in the templates folder ends in a sentence, not in a traceback."""
    (tmp_path / "审查意见书.docx").write_bytes(content)
    with pytest.raises(StandardError, match="不是完好的 Word 文档"):
        drafted(tmp_path)


def test_templates_are_found_inside_an_installed_wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a wheel the templates lie within the package; there they come first."""
    save_template(tmp_path, "安装包内的模板")
    monkeypatch.setattr(rendering, "_SHIPPED", (tmp_path, *rendering._SHIPPED))
    assert text_of(draft(report(), OFFICE, DAY, 1)[0]) == "安装包内的模板"


def test_missing_template_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An incomplete installation says which template it lacks."""
    monkeypatch.setattr(rendering, "_SHIPPED", (tmp_path,))
    with pytest.raises(StandardError, match="审查意见书"):
        draft(report(), OFFICE, DAY, 1)


@pytest.mark.parametrize("kind", BUILDERS)
def test_every_placeholder_is_documented(kind: DraftKind) -> None:
    """The guide beside the templates names exactly the placeholders that the program fills, and their columns."""
    values, asked = sample_values()[kind], guide(kind)
    assert set(values) == set(asked)
    for name, value in values.items():
        rows = value if isinstance(value, list) else []
        assert {column for row in rows for column in row} <= set(asked[name].columns)
        assert asked[name].condition_only <= isinstance(value, bool)
