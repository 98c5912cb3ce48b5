"""Checklists in Word and Excel: what an office pins to the wall."""

from __future__ import annotations

import io

import openpyxl
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from pipeline.drafting import checklists_in_excel, checklists_in_word
from schemas.case import Kind, Origin
from schemas.checklist import ChecklistSheet, SheetRow, SheetSection

NORM = "《某省规定》（司法厅令第9号）"
TITLES = ["序号", "材料", "何时需要", "签名、盖章", "影响补贴", "依据", "效力"]


def row(number: int, material: str = "授权委托书", basis: str = f"{NORM}第二条") -> SheetRow:
    return SheetRow(
        number=number, key=f"k{number}", material=material, when="必备", marks="受援人签名★", blocks="是",
        basis=basis, standing="推定待核",
    )  # fmt: skip


def sheet(title: str = "民事诉讼归档材料清单", *rows: SheetRow) -> ChecklistSheet:
    mine = rows or (row(1), row(2, "=1+1"), row(3, "甲<乙&丙", "《别的规定》第三条"))
    return ChecklistSheet(
        kind=Kind.CIVIL, stages=(None,), origins=tuple(Origin), title=title, standard_id="t", standard="某标准（1版）",
        standing="本清单共4项：4项依据待核。", notes=("期限：30日。",),
        sections=(
            SheetSection(title="", rows=mine),
            SheetSection(title="由法律援助处办理的材料", rows=(row(len(mine) + 1, "补贴审批表"),)),
        ),
    )  # fmt: skip


def test_the_word_list_is_a4_across_with_a_heading_row_on_each_page() -> None:
    """Every row in its order, sections across the whole width, texts as they are."""
    document = Document(io.BytesIO(checklists_in_word([sheet()], "某市法律援助处")))
    section = document.sections[0]
    assert section.orientation == WD_ORIENT.LANDSCAPE
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (297, 210)
    (table,) = document.tables
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    texts = [[cell.text for cell in line.cells] for line in table.rows]
    assert [text.replace("\n", "") for text in texts[0]] == TITLES
    assert [line[1] for line in texts[1:4]] == ["授权委托书", "=1+1", "甲<乙&丙"]
    assert set(texts[4]) == {"由法律援助处办理的材料"}
    assert document.paragraphs[0].text == "某市法律援助处\n民事诉讼归档材料清单"
    width = sum(cell.width.mm for cell in table.rows[1].cells)
    assert width <= section.page_width.mm - section.left_margin.mm - section.right_margin.mm + 0.5


def test_each_list_begins_on_its_own_page() -> None:
    """Two lists are two tables, the second after a page break."""
    document = Document(io.BytesIO(checklists_in_word([sheet(), sheet("执行归档材料清单")], "某市法律援助处")))
    assert len(document.tables) == 2
    (second,) = [one for one in document.paragraphs if "执行归档材料清单" in one.text]
    assert second.paragraph_format.page_break_before


def test_a_norm_named_often_is_numbered_and_told_below() -> None:
    """The cells stay short, the full title stands once; a norm named once keeps its title."""
    document = Document(io.BytesIO(checklists_in_word([sheet()], "某市法律援助处")))
    cells = [line.cells[5].text for line in document.tables[0].rows]
    assert cells[1] == "①第二条"
    assert cells[3] == "《别的规定》第三条"
    assert any(f"①{NORM}" in one.text for one in document.paragraphs)


def test_a_norm_keeps_its_place_and_its_number_in_the_legend() -> None:
    """A provincial norm is told with its province, a technical one with its number."""
    provincial, technical = "浙江省《案卷办法》", "《服务规范》（SF/T 0058—2019）"
    rows = tuple(row(number, basis=f"{provincial}第{number}条；{technical}（阅卷）") for number in (1, 2))
    document = Document(io.BytesIO(checklists_in_word([sheet("甲归档材料清单", *rows)], "某处")))
    assert document.tables[0].rows[1].cells[5].text == "①第1条；②（阅卷）"
    assert any(f"①{provincial}；②{technical}" in one.text for one in document.paragraphs)


def test_the_same_lists_give_the_same_files() -> None:
    """A list that did not change is the same file."""
    assert checklists_in_word([sheet()], "某处") == checklists_in_word([sheet()], "某处")
    assert checklists_in_excel([sheet()], "某处") == checklists_in_excel([sheet()], "某处")


def test_the_workbook_is_set_up_for_the_screen_and_for_print() -> None:
    """Frozen and repeated heading row, A4 across, one page wide; a text that begins with = stays a text."""
    book = openpyxl.load_workbook(io.BytesIO(checklists_in_excel([sheet()], "某市法律援助处")))
    (page,) = book.worksheets
    assert page.title == "民事诉讼"
    assert page.freeze_panes == "C4"
    assert page.print_title_rows in {"3:3", "$3:$3"}
    assert page.page_setup.orientation == "landscape"
    assert page.page_setup.paperSize == 9
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert page.page_setup.fitToHeight == 0
    assert [cell.value.replace("\n", "") for cell in page[3]] == TITLES
    assert [page.cell(line, 2).value for line in (4, 5, 6)] == ["授权委托书", "=1+1", "甲<乙&丙"]
    assert page["B5"].data_type == "s"
    assert page["A4"].value == 1
    assert "某市法律援助处" in page["A1"].value


def test_a_long_cell_gets_a_row_that_shows_it() -> None:
    """A row is as high as its longest cell needs, and never higher than Excel allows."""
    rows = (row(1), row(2, "很长的材料名称" * 20), row(3, "极长" * 2000))
    page = openpyxl.load_workbook(
        io.BytesIO(checklists_in_excel([sheet("民事诉讼归档材料清单", *rows)], "某处"))
    ).worksheets[0]
    heights = [page.row_dimensions[line].height for line in (4, 5, 6)]
    assert heights[0] < heights[1] < heights[2] <= 409


def test_titles_that_excel_does_not_take_become_names_that_it_takes() -> None:
    """Long, doubled and with forbidden signs: each list still gets its sheet."""
    long = "刑事辩护（" + "一审阶段、" * 10 + "通知类）[甲/乙]归档材料清单"
    book = openpyxl.load_workbook(io.BytesIO(checklists_in_excel([sheet(long), sheet(long)], "某处")))
    assert len({page.title for page in book.worksheets}) == 2
    assert all(len(page.title) <= 31 for page in book.worksheets)
