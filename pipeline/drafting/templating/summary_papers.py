"""The templates that tell a case: 案件摘要 for the house, 典型案例 for publication."""

from __future__ import annotations

from collections.abc import Callable

from docx.document import Document as WordDocument

from pipeline.drafting.templating.letter_parts import add_where
from pipeline.drafting.templating.styles import new_letter
from pipeline.drafting.templating.tables import Column, add_list
from schemas.draft import DraftKind


def build_summary() -> WordDocument:
    """案件摘要: each statement with its page."""
    document = new_letter("案件摘要", "内部使用，经办案人员核对后入卷")
    document.add_paragraph("{{ 机构名称 }}", style="机构名称")
    document.add_paragraph("案件摘要", style="Title")
    document.add_paragraph("一、基本信息", style="Heading 1")
    add_list(
        document,
        "基本信息",
        (Column("项目", "项目", 44), Column("内容", "内容", 88), Column("页码", "页码", 24, centred=True)),
    )
    document.add_paragraph("二、办案经过", style="Heading 1")
    _add_section(
        document,
        "时间轴",
        (
            Column("日期", "日期", 38, centred=True),
            Column("事项", "事项", 94),
            Column("页码", "页码", 24, centred=True),
        ),
        "卷内材料的日期均未能确认，由办案人员填写。",
    )
    document.add_paragraph("三、案情和办理", style="Heading 1")
    _add_section(
        document,
        "摘录",
        (Column("项目", "项目", 30), Column("摘录", "内容", 92), Column("出处", "出处", 34)),
        "卷内材料未能摘录，由办案人员填写。",
    )
    document.add_paragraph("四、审查结论", style="Heading 1")
    document.add_paragraph("{{ 审查结论 }}", style="公文正文")
    document.add_paragraph("{%p if 缺项和不规范 %}")
    add_list(document, "缺项和不规范", _WANTING)
    document.add_paragraph("{%p endif %}")
    document.add_paragraph("五、补贴核定", style="Heading 1")
    document.add_paragraph("{{ 补贴核定 }}", style="公文正文")
    document.add_paragraph("六、质量等次", style="Heading 1")
    document.add_paragraph("＿＿＿＿＿＿（由质量评查人员填写）", style="公文正文")
    document.add_paragraph("{%p if 待核事项 %}")
    document.add_paragraph("七、待核事项", style="Heading 1")
    add_list(
        document,
        "待核事项",
        (
            Column("序号", "序号", 12, centred=True),
            Column("事项", "内容", 110),
            Column("页码", "页码", 34, centred=True),
        ),
    )
    document.add_paragraph("{%p endif %}")
    document.add_paragraph(
        "注：页码系第{{ 审查次数 }}次审查所收扫描件（共{{ 扫描页数 }}页）的页次。摘录系照录卷内材料，文字由程序识读，"
        "“……”表示原文未完，引用前应当与原件核对；标“待核”的未能确认。",
        style="表注",
    )
    return document


_WANTING = (
    Column("序号", "序号", 12, centred=True),
    Column("材料", "材料", 38),
    Column("审查结果", "结果", 20, centred=True),
    Column("问题", "内容", 62),
    Column("页码", "页码", 24, centred=True),
)


def _add_section(document: WordDocument, rows: str, columns: tuple[Column, ...], otherwise: str) -> None:
    """A list, or a sentence where it would be empty."""
    document.add_paragraph(f"{{%p if {rows} %}}")
    add_list(document, rows, columns)
    document.add_paragraph("{%p endif %}")
    add_where(document, f"not {rows}", otherwise, "公文正文")


def build_typical_case() -> WordDocument:
    """典型案例: the case told for publication."""
    document = new_letter("典型案例", "草稿，已作匿名处理，发布前由专人逐句核对")
    document.add_paragraph("{{ 标题 }}", style="Title")
    add_where(document, "案件类型", "（{{ 案件类型 }}）", "副标题")
    document.add_paragraph(
        "注：人名、地名、单位名称、号码和日期的日已作匿名处理，同一人使用同一称呼。程序不能保证没有遗漏，发布前应当由专人"
        "对照原件逐句核对，并依法征得受援人同意；涉及国家秘密、商业秘密、个人隐私和未成年人的，不得发布或者另作处理。",
        style="表注",
    )
    for heading, rows in (
        ("一、基本案情", "案情"),
        ("二、办理经过", "办理经过"),
        ("三、主要辩护、代理意见", "主要意见"),
        ("四、办理结果", "办理结果"),
    ):
        document.add_paragraph(heading, style="Heading 1")
        document.add_paragraph(f"{{%p for 段 in {rows} %}}")
        document.add_paragraph("{{ 段.文 }}", style="公文正文")
        document.add_paragraph("{%p endfor %}")
        add_where(document, f"not {rows}", "（卷内材料未能摘录，由编写人填写）", "公文正文")
    document.add_paragraph("五、典型意义", style="Heading 1")
    for text in _FOR_THE_WRITER:
        document.add_paragraph(text, style="公文正文")
    return document


_FOR_THE_WRITER = (
    "（一）争议焦点或者疑难之处：＿＿＿＿＿＿（由编写人填写）",
    "（二）法律援助发挥的作用：＿＿＿＿＿＿（由编写人填写）",
    "（三）对同类案件的借鉴意义：＿＿＿＿＿＿（由编写人填写）",
)
"""What nobody can read out of a file."""

SUMMARY_PAPERS: dict[DraftKind, Callable[[], WordDocument]] = {
    DraftKind.CASE_SUMMARY: build_summary,
    DraftKind.TYPICAL_CASE: build_typical_case,
}
