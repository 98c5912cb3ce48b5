"""The template of the reminder of terms (催办): 结案材料报送提醒函, one to a lawyer, with all his cases."""

from __future__ import annotations

from collections.abc import Callable

from docx.document import Document as WordDocument

from pipeline.drafting.templating.letter_parts import (
    add_basis_note,
    add_closing,
    add_note,
    add_opening,
    letter_to_lawyer,
)
from pipeline.drafting.templating.tables import Column, add_list
from schemas.draft import DraftKind


def build_reminder() -> WordDocument:
    """结案材料报送提醒函: which papers are still owed in which case, and since when or until when."""
    document = letter_to_lawyer("结案材料报送提醒函", "结案材料报送提醒函")
    add_opening(
        document,
        "下列{{ 件数 }}件法律援助案件由你单位承办。截至{{ 起草日期 }}，本机构尚未收到应当报送的材料，报送期限"
        "{% if 有逾期 and 有临近 %}已经届满或者即将届满{% elif 有逾期 %}已经届满{% else %}即将届满{% endif %}，具体如下：",
    )
    add_list(document, "报送事项", _COLUMNS)
    document.add_paragraph("{%p for 行 in 期限依据 %}")
    document.add_paragraph("注：{{ 行.材料 }}应当自{{ 行.起算 }}{{ 行.期限 }}内报送，依据{{ 行.依据 }}。", style="表注")
    document.add_paragraph("{%p endfor %}")
    add_note(document, "有补正", _RECEIVED)
    add_basis_note(document)
    for condition, text in _BODY:
        document.add_paragraph(f"{{%p if {condition} %}}")
        document.add_paragraph(text, style="公文正文")
        document.add_paragraph("{%p endif %}")
    document.add_paragraph(
        "上列材料已经报送，或者因客观原因不能按期报送的，请及时与本机构联系并书面说明。", style="公文正文"
    )
    document.add_paragraph("特此函告。", style="公文正文").paragraph_format.keep_with_next = True
    add_closing(document)
    return document


_COLUMNS = (
    Column("序号", "序号", 10, centred=True),
    Column("案件编号", "案件编号", 26),
    Column("受援人", "受援人", 14, centred=True),
    Column("应当报送的材料", "材料", 18, centred=True),
    Column("起算日期", "起算日期", 32.5, centred=True),
    Column("届满日期", "届满日期", 32.5, centred=True),
    Column("目前", "目前", 23, centred=True),
)

_RECEIVED = "注：表中补正材料的期限自补正通知书签发之日起算；实际收到日期与之不同的，以送达回证或者回执记载的日期为准，届满日期相应顺延。"

_BODY = (
    ("有临近", "期限尚未届满的，请在届满日期之前将材料报送本机构，并注明案件编号。"),
    (
        "有逾期",
        "期限已经届满的，请自收到本函之日起＿＿＿＿个工作日内将材料报送本机构，注明案件编号，并书面说明逾期原因。",
    ),
    ("True", "根据结案归档材料齐全、规范方可支付法律援助补贴的规定，材料未报送或者未补正的案件，暂不发放补贴。"),
)

REMINDER_PAPERS: dict[DraftKind, Callable[[], WordDocument]] = {DraftKind.FILING_REMINDER: build_reminder}
