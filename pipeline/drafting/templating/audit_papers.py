"""The templates of the papers about an audit: 审查意见书, 补正通知书, 卷内目录."""

from __future__ import annotations

from collections.abc import Callable

from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH

from pipeline.drafting.templating.letter_parts import (
    BLANK,
    DATE_BLANK,
    add_basis_note,
    add_closing,
    add_note,
    add_opening,
    add_spacer,
    kept_together,
    letter_to_lawyer,
)
from pipeline.drafting.templating.pictures import add_code_beside, add_code_in_margin
from pipeline.drafting.templating.styles import new_letter
from pipeline.drafting.templating.tables import Column, add_form, add_list, add_signatures
from schemas.draft import DraftKind


def build_opinion() -> WordDocument:
    """审查意见书: the audit, in Word."""
    document = new_letter("结案卷宗审查意见书", "草稿，经审查人、负责人签名后生效")
    document.add_paragraph("{{ 机构名称 }}", style="机构名称")
    document.add_paragraph("结案卷宗审查意见书", style="Title")
    document.add_paragraph("（第{{ 审查次数 }}次审查）", style="副标题")
    add_form(document, _OPINION_HEAD, (26, 52, 26, 52))
    document.add_paragraph("一、审查结论", style="Heading 1")
    document.add_paragraph("{{ 审查结论 }}", style="公文正文")
    document.add_paragraph("{%p if 补贴金额 %}")
    document.add_paragraph("{{ 补贴金额 }}", style="公文正文")
    document.add_paragraph("{%p endif %}")
    for heading, rows, columns in _OPINION_SECTIONS:
        _add_section(document, heading, rows, columns)
    add_spacer(document)
    add_signatures(document, _OPINION_SIGNATURES)
    document.add_paragraph("制作日期：{{ 制作日期 }}", style="表注")
    return document


_OPINION_HEAD = (
    ("案件编号", "{{ 案件编号 }}", "受援人", "{{ 受援人 }}"),
    ("案由", "{{ 案由 }}", "案件类别", "{{ 案件类别 }}"),
    ("办案阶段", "{{ 办案阶段 }}", "案件来源", "{{ 案件来源 }}"),
    ("承办单位", "{{ 承办单位 }}", "承办人", "{{ 承办人 }}"),
    ("办案机关", "{{ 办案机关 }}", "办案机关案号", "{{ 办案机关案号 }}"),
    ("指派日期", "{{ 指派日期 }}", "结案日期", "{{ 结案日期 }}"),
    ("收卷页数", "{{ 收卷页数 }}", "扫描件名称", "{{ 扫描件名称 }}"),
    ("审查标准", "{{ 审查标准 }}"),
    ("依据状态", "{{ 依据状态 }}"),
)

_OPINION_SECTIONS = (
    (
        "结案材料审查表",
        "审查表",
        (
            Column("序号", "序号", 10, centred=True),
            Column("材料", "材料", 38),
            Column("要求", "要求", 38),
            Column("审查结果", "结果", 17, centred=True),
            Column("页码", "页码", 20, centred=True),
            Column("说明", "说明", 33),
        ),
    ),
    (
        "审查发现的问题",
        "审查发现",
        (
            Column("序号", "序号", 10, centred=True),
            Column("材料", "材料", 22),
            Column("存在问题", "问题", 33),
            Column("页码", "页码", 17, centred=True),
            Column("依据", "依据", 30),
            Column("处理要求", "处理要求", 32),
            Column("影响补贴", "影响补贴", 12, centred=True),
        ),
    ),
    (
        "待人工核实事项",
        "待核事项",
        (
            Column("序号", "序号", 10, centred=True),
            Column("材料", "材料", 24),
            Column("待核事项", "事项", 42),
            Column("需查看的页码", "页码", 20, centred=True),
            Column("核实要点", "核实要点", 43),
            Column("如属实\n影响补贴", "影响补贴", 17, centred=True),
        ),
    ),
    (
        "补正情况",
        "补正情况",
        (
            Column("序号", "序号", 10, centred=True),
            Column("材料", "材料", 34),
            Column("问题", "问题", 86),
            Column("本次审查", "情况", 26, centred=True),
        ),
    ),
    (
        "人工认定",
        "人工认定",
        (
            Column("序号", "序号", 10, centred=True),
            Column("材料", "材料", 28),
            Column("事项", "事项", 52),
            Column("认定", "认定", 24, centred=True),
            Column("认定人、日期和理由", "说明", 42),
        ),
    ),
    (
        "补贴核定",
        "补贴核定",
        (
            Column("步骤", "步骤", 34),
            Column("计算", "计算", 62),
            Column("金额（元）", "金额", 22, centred=True),
            Column("依据", "依据", 38),
        ),
    ),
    ("建议重新扫描的页面", "重扫页面", (Column("页码", "页码", 60), Column("原因", "原因", 96))),
    (
        "据以审查的案件事实",
        "案件事实",
        (
            Column("事实", "事实", 46),
            Column("认定", "认定", 28, centred=True),
            Column("来源", "来源", 58),
            Column("页码", "页码", 24, centred=True),
        ),
    ),
)

_OPINION_SIGNATURES = (
    ("审查人意见", ("", "", f"审查人（签名）：{BLANK}　　{DATE_BLANK}")),
    ("负责人意见", ("", "", f"负责人（签名）：{BLANK}　　{DATE_BLANK}")),
)


def _add_section(document: WordDocument, heading: str, rows: str, columns: tuple[Column, ...]) -> None:
    """A numbered section with its table; it is left out where there are no rows."""
    document.add_paragraph(f"{{%p if {rows} %}}")
    document.add_paragraph(f"{{{{ {rows}节号 }}}}、{heading}", style="Heading 1")
    add_list(document, rows, columns)
    if rows == "审查表":
        add_note(
            document,
            "略去项数",
            "注：序号系标准所列项目的序号；本案不需要或者由本机构自行办理、卷内没有的{{ 略去项数 }}项未列入。",
        )
    if rows == "补贴核定":
        add_note(document, "补贴标准表", "注：依据补贴标准表《{{ 补贴标准表 }}》计算，发放前请由审批人核定。")
    if rows == "审查发现":
        add_basis_note(document)
    document.add_paragraph("{%p endif %}")


def build_notice() -> WordDocument:
    """补正通知书: what the lawyer has to put right, with a receipt to tear off."""
    document = letter_to_lawyer("补正通知书", "结案材料补正通知书")
    make_room_for_code(document)
    add_code_in_margin(document.paragraphs[0])
    add_opening(
        document,
        "你单位报送的案件编号为{{ 案件编号 }}、受援人为{{ 受援人 }}、案由为{{ 案由 }}的结案卷宗（共{{ 页数 }}页）收悉。"
        "经对照{{ 审查标准 }}进行第{{ 审查次数 }}次审查，该卷{{ 问题概述 }}，具体如下：",
    )
    add_list(document, "补正事项", _NOTICE_COLUMNS)
    document.add_paragraph("注：“页码”系报送卷宗扫描件的页次。", style="表注")
    add_basis_note(document)
    document.add_paragraph(_NOTICE_BODY[0], style="公文正文")
    add_note(document, "期限推算", "注：{{ 期限推算 }}")
    for paragraph in _NOTICE_BODY[1:]:
        document.add_paragraph(paragraph, style="公文正文")
    _add_notice_end(document)
    return document


_NOTICE_COLUMNS = (
    Column("序号", "序号", 10, centred=True),
    Column("材料", "材料", 22),
    Column("存在问题", "问题", 33),
    Column("页码", "页码", 17, centred=True),
    Column("依据", "依据", 30),
    Column("补正要求", "补正要求", 32),
    Column("影响补贴", "影响补贴", 12, centred=True),
)

_NOTICE_BODY = (
    "请自收到本通知之日起{{ 补正期限 }}内，按照上表要求将补正材料报送本机构，并注明案件编号。{{ 期限届满 }}",
    "{{ 逾期后果 }}",
    "对上列事项有异议，或者认为有关材料已经在卷的，请在上述期限内向本机构书面说明，并指明所在页码。",
    "特此通知。",
)


def make_room_for_code(document: WordDocument) -> None:
    """The running head gives way to the left: the code stands at the right of the first page."""
    for head in (document.sections[0].header, document.sections[0].even_page_header):
        head.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.LEFT


def _add_notice_end(document: WordDocument) -> None:
    """Contact, seal line and receipt; each stays in one piece."""
    add_closing(document)
    receipt = kept_together(
        document,
        ("…………………………………（沿此线裁开）…………………………………", "裁开线"),
        ("补正通知书回执", "副标题"),
        ("{{ 机构名称 }}：", "主送"),
        (
            (
                "案件编号为{{ 案件编号 }}、受援人为{{ 受援人 }}一案的补正通知书（第{{ 审查次数 }}次审查），"
                "已于＿＿＿＿年＿＿月＿＿日收到。"
            ),
            "公文正文",
        ),
        (f"承办单位（盖章）：{BLANK}　承办人（签名）：{BLANK}", "签署"),
        (f"联系电话：{BLANK}　　　　　　{DATE_BLANK}", "签署"),
        ("注：报送补正材料时，请将本回执或者补正通知书首页置于最前一并扫描，以便据右侧识别码归入本案。", "表注"),
    )
    add_code_beside(receipt[1])


def build_contents() -> WordDocument:
    """卷内目录: the list that is bound in front of the papers."""
    document = new_letter("卷内目录", "草稿，经立卷人核对后入卷")
    document.add_paragraph("卷内目录{% if 分卷 %}（{{ 分卷 }}）{% endif %}", style="Title")
    add_form(
        document,
        (
            ("案件编号", "{{ 案件编号 }}", "受援人", "{{ 受援人 }}"),
            ("立卷单位", "{{ 机构名称 }}", "卷内页数", "{{ 卷内页数 }}页"),
        ),
        (26, 52, 26, 52),
    )
    add_spacer(document)
    add_list(document, "卷内文件", _CONTENTS_COLUMNS)
    document.add_paragraph(
        "注：本目录用于立卷，次序、页号与归档副本一致。封面、卷内目录、卷内备考表和空白页不编页号，其余各页依次编号；"
        "审查意见书、结案材料审查表、补正通知书所列页码系扫描件页次。",
        style="表注",
    )
    add_note(
        document,
        "次序不同",
        "注：卷内文件按归档标准的次序排列，与报送的扫描件不同，备注栏列明扫描件页次；立卷时请先按本目录调整次序，再编页号。",
    )
    add_note(document, "有待核页面", "注：备注栏标“待核”的项目程序未能确认，请立卷人对照原件填写后定稿。")
    return document


_CONTENTS_COLUMNS = (
    Column("序号", "序号", 10, centred=True),
    Column("文号", "文号", 30),
    Column("责任者", "责任者", 28),
    Column("题名", "题名", 36),
    Column("日期", "日期", 19, centred=True),
    Column("页号", "页号", 14, centred=True),
    Column("备注", "备注", 19),
)

AUDIT_PAPERS: dict[DraftKind, Callable[[], WordDocument]] = {
    DraftKind.AUDIT_OPINION: build_opinion,
    DraftKind.DEFICIENCY_NOTICE: build_notice,
    DraftKind.CONTENTS_LIST: build_contents,
}
