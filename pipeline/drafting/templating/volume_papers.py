"""The templates of what is bound with a volume: 卷宗封面, 卷内备考表, 结案材料审查表."""

from __future__ import annotations

from collections.abc import Callable

from docx.document import Document as WordDocument
from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.shared import Mm
from docx.table import Table

from pipeline.drafting.templating.letter_parts import BLANK, DATE_BLANK, add_note, add_spacer, add_where
from pipeline.drafting.templating.styles import new_letter
from pipeline.drafting.templating.tables import Column, add_form, add_list, add_signatures
from schemas.draft import DraftKind

_FORM_MM = (30, 48, 30, 48)


def build_cover() -> WordDocument:
    """卷宗封面: after GB/T 9705 and what legal-aid offices print on theirs."""
    document = new_letter("卷宗封面", "草稿，经立卷人核对后入卷")
    document.add_paragraph("{{ 机构名称 }}", style="机构名称")
    document.add_paragraph("法律援助案件卷宗", style="Title")
    document.add_paragraph("（{{ 案件类别 }}）", style="副标题")
    _open_out(add_form(document, _COVER, _FORM_MM))
    add_note(document, "有待核事项", "注：标“待核”的项目由立卷人对照原件填写。")
    _leave_unnumbered(document)
    return document


def _open_out(table: Table) -> None:
    """Rows as high, and values as large, as a cover has them."""
    for row in table.rows:
        row.height, row.height_rule = Mm(10.5), WD_ROW_HEIGHT_RULE.AT_LEAST
        for cell in row.cells[1::2]:
            cell.paragraphs[0].style = "签署"


def _leave_unnumbered(document: WordDocument) -> None:
    """A cover and a closing note bear no page number; only what runs over to a second page does."""
    section = document.sections[0]
    section.different_first_page_header_footer = True
    first = section.first_page_header
    first.is_linked_to_previous = False
    first.paragraphs[0].text = section.header.paragraphs[0].text
    section.first_page_footer.is_linked_to_previous = False


_COVER = (
    ("案件编号", "{{ 案件编号 }}"),
    ("案由", "{{ 案由 }}"),
    ("受援人", "{{ 受援人 }}", "对方当事人", BLANK),
    ("承办单位", "{{ 承办单位 }}"),
    ("承办人", "{{ 承办人 }}", "案件来源", "{{ 案件来源 }}"),
    ("办案机关", "{{ 办案机关 }}"),
    ("办案机关案号", "{{ 办案机关案号 }}"),
    ("办案阶段", "{{ 办案阶段 }}", "是否通知辩护", "{{ 通知辩护 }}"),
    ("指派日期", "{{ 指派日期 }}", "结案日期", "{{ 结案日期 }}"),
    ("办理结果", "{{ 办理结果 }}", "卷内页数", "{{ 卷内页数 }}页"),
    ("立卷人", BLANK, "归档日期", "　　　年　　月　　日"),
    ("保管期限", BLANK, "档号", BLANK),
    ("全宗号", BLANK, "目录号、案卷号", BLANK),
    ("备注", ""),
)


def build_volume_note() -> WordDocument:
    """卷内备考表: after GB/T 9705."""
    document = new_letter("卷内备考表", "草稿，经立卷人、检查人核对后入卷")
    document.add_paragraph("卷内备考表", style="Title")
    add_form(
        document,
        (("案件编号", "{{ 案件编号 }}", "受援人", "{{ 受援人 }}"), ("立卷单位", "{{ 机构名称 }}")),
        (26, 52, 26, 52),
    )
    document.add_paragraph("本卷情况说明", style="Heading 1")
    document.add_paragraph(
        "本卷共{{ 文件件数 }}件材料，编页号的卷内文件共{{ 卷内页数 }}页，{{ 未编页号 }}扫描件共{{ 扫描页数 }}页。",
        style="公文正文",
    )
    add_where(
        document, "not 情况说明", "第{{ 审查次数 }}次审查未发现卷内材料缺少、重复、混装或者不清晰的情形。", "公文正文"
    )
    document.add_paragraph("{%p if 情况说明 %}")
    document.add_paragraph("第{{ 审查次数 }}次审查时，卷内材料有下列情形：", style="公文正文")
    add_list(
        document,
        "情况说明",
        (Column("序号", "序号", 12, centred=True), Column("材料、页次", "材料", 64), Column("情形", "说明", 80)),
    )
    document.add_paragraph("{%p endif %}")
    document.add_paragraph("上述情形补正后，由立卷人在此注明补正、移出、修改的情况：", style="表注")
    add_signatures(
        document,
        (
            ("补充说明", ("", "", "")),
            ("立卷人", (f"（签名）：{BLANK}　　立卷时间：{DATE_BLANK}",)),
            ("检查人", (f"（签名）：{BLANK}　　检查时间：{DATE_BLANK}",)),
        ),
    )
    _leave_unnumbered(document)
    return document


def build_review_form() -> WordDocument:
    """结案材料审查表: every item of the checklist and how it fared."""
    document = new_letter("结案材料审查表", "草稿，经审查人、负责人签名后生效")
    document.add_paragraph("{{ 机构名称 }}", style="机构名称")
    document.add_paragraph("结案材料审查表", style="Title")
    document.add_paragraph("（第{{ 审查次数 }}次审查）", style="副标题")
    add_form(document, _REVIEW_HEAD, (26, 52, 26, 52))
    document.add_paragraph("{%p if 审查项目 %}")
    document.add_paragraph("一、材料审查", style="Heading 1")
    add_list(document, "审查项目", _REVIEW_COLUMNS)
    document.add_paragraph("{%p endif %}")
    document.add_paragraph("{{ 结果统计 }}", style="表注")
    add_note(document, "不需要项目", "本案不需要或者由本机构自行办理、卷内没有的项目：{{ 不需要项目 }}。")
    document.add_paragraph("{%p if 其他事项 %}")
    document.add_paragraph("{% if 审查项目 %}二{% else %}一{% endif %}、其他审查事项", style="Heading 1")
    add_list(document, "其他事项", _OTHER_COLUMNS)
    document.add_paragraph("{%p endif %}")
    add_spacer(document)
    signing = f"（签名）：{BLANK}　　{DATE_BLANK}"
    add_signatures(
        document,
        (
            ("审查建议", ("{{ 审查建议 }}",)),
            ("审查人意见", ("", f"审查人{signing}")),
            ("负责人意见", ("", f"负责人{signing}")),
        ),
    )
    return document


_REVIEW_HEAD = (
    ("案件编号", "{{ 案件编号 }}", "受援人", "{{ 受援人 }}"),
    ("案由", "{{ 案由 }}", "案件类别", "{{ 案件类别 }}"),
    ("办案阶段", "{{ 办案阶段 }}", "案件来源", "{{ 案件来源 }}"),
    ("承办单位", "{{ 承办单位 }}", "承办人", "{{ 承办人 }}"),
    ("指派日期", "{{ 指派日期 }}", "结案日期", "{{ 结案日期 }}"),
    ("收卷页数", "{{ 收卷页数 }}页", "审查次数", "第{{ 审查次数 }}次"),
    ("审查标准", "{{ 审查标准 }}"),
    ("依据状态", "{{ 依据状态 }}"),
)

_REVIEW_COLUMNS = (
    Column("序号", "序号", 10, centred=True),
    Column("材料", "材料", 46),
    Column("要求", "要求", 40),
    Column("审查结果", "结果", 18, centred=True),
    Column("页码", "页码", 20, centred=True),
    Column("说明", "说明", 22),
)

_OTHER_COLUMNS = (
    Column("序号", "序号", 10, centred=True),
    Column("材料", "材料", 30),
    Column("事项", "问题", 66),
    Column("页码", "页码", 20, centred=True),
    Column("审查结果", "结果", 15, centred=True),
    Column("影响补贴", "影响补贴", 15, centred=True),
)

VOLUME_PAPERS: dict[DraftKind, Callable[[], WordDocument]] = {
    DraftKind.REVIEW_FORM: build_review_form,
    DraftKind.VOLUME_COVER: build_cover,
    DraftKind.VOLUME_NOTE: build_volume_note,
}
