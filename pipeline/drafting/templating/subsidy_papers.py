"""The templates about the subsidy: 暂缓发放补贴告知书, 不予发放补贴告知书, 补贴审批表."""

from __future__ import annotations

from collections.abc import Callable

from docx.document import Document as WordDocument

from pipeline.drafting.templating.letter_parts import (
    BLANK,
    DATE_BLANK,
    add_basis_note,
    add_closing,
    add_note,
    add_opening,
    add_spacer,
    letter_to_lawyer,
)
from pipeline.drafting.templating.styles import new_letter
from pipeline.drafting.templating.tables import Column, add_form, add_list, add_signatures
from schemas.draft import DraftKind

_CASE = "案件编号为{{ 案件编号 }}、受援人为{{ 受援人 }}、案由为{{ 案由 }}"


def build_suspension() -> WordDocument:
    """暂缓发放补贴告知书: why the subsidy waits, and what ends the waiting."""
    document = letter_to_lawyer("暂缓发放补贴告知书", "暂缓发放法律援助补贴告知书")
    add_opening(
        document,
        f"你单位报送的{_CASE}的结案卷宗（共{{{{ 页数 }}}}页），经对照{{{{ 审查标准 }}}}进行第{{{{ 审查次数 }}}}次审查，"
        "存在下列{{ 问题项数 }}项影响补贴发放的问题：",
    )
    add_list(document, "暂缓事由", _REASONS)
    document.add_paragraph("注：“页码”系报送卷宗扫描件的页次。", style="表注")
    add_basis_note(document)
    for text in (
        "根据结案归档材料齐全、规范方可支付法律援助补贴的规定，现暂缓发放该案补贴。",
        (
            "请按照同时送达的《补正通知书》的要求，自收到该通知书之日起{{ 补正期限 }}内报送补正材料。"
            "补正后经审查符合要求的，本机构按照规定发放补贴。"
        ),
        "对上列事项有异议的，可以向本机构书面说明理由，并附有关材料。",
        "特此告知。",
    ):
        document.add_paragraph(text, style="公文正文")
    add_closing(document)
    return document


_REASONS = (
    Column("序号", "序号", 10, centred=True),
    Column("材料", "材料", 30),
    Column("存在问题", "问题", 58),
    Column("页码", "页码", 20, centred=True),
    Column("依据", "依据", 38),
)


def build_refusal() -> WordDocument:
    """不予发放补贴告知书: what a person has decided, and how to object."""
    document = letter_to_lawyer("不予发放补贴告知书", "不予发放法律援助补贴告知书")
    add_opening(
        document,
        f"你单位承办的{_CASE}的法律援助案件，经第{{{{ 审查次数 }}}}次审查，存在下列情形：",
    )
    add_list(document, "不予发放事由", (Column("序号", "序号", 14, centred=True), Column("情形", "事由", 142)))
    _add_open_findings(document)
    for text in (
        "依据{{ 决定依据 }}，本机构于{{ 决定日期 }}决定不予发放该案法律援助补贴。",
        "对本决定有异议的，可以自收到本告知书之日起＿＿＿＿日内，向＿＿＿＿＿＿＿＿＿＿书面提出。",
        "特此告知。",
    ):
        document.add_paragraph(text, style="公文正文")
    add_closing(document)
    return document


def _add_open_findings(document: WordDocument) -> None:
    """What still holds the subsidy up, below what the person has decided; nothing where the audit has nothing certain left."""
    document.add_paragraph("{%p if 尚未补正 %}")
    add_opening(
        document,
        "经对照{{ 审查标准 }}，该案报送的结案卷宗（共{{ 页数 }}页）至该次审查仍有下列{{ 问题项数 }}项影响补贴发放的问题"
        "没有补正：",
    )
    add_list(document, "尚未补正", _REASONS)
    document.add_paragraph("注：“页码”系报送卷宗扫描件的页次。", style="表注")
    add_basis_note(document)
    document.add_paragraph("{%p endif %}")


def build_approval() -> WordDocument:
    """补贴审批表: the amount with its derivation, for those who check and approve it."""
    document = new_letter("补贴审批表", "草稿，经核卷人、审批人签名后生效")
    document.add_paragraph("{{ 机构名称 }}", style="机构名称")
    document.add_paragraph("法律援助补贴审批表", style="Title")
    add_form(document, _APPROVAL, (26, 52, 26, 52))
    document.add_paragraph("{%p if 补贴核定 %}")
    document.add_paragraph("补贴计算", style="Heading 1")
    add_list(
        document,
        "补贴核定",
        (
            Column("步骤", "步骤", 34),
            Column("计算", "计算", 62),
            Column("金额（元）", "金额", 22, centred=True),
            Column("依据", "依据", 38),
        ),
    )
    add_note(document, "补贴标准表", "注：依据补贴标准表《{{ 补贴标准表 }}》计算。")
    document.add_paragraph("{%p endif %}")
    add_note(document, "金额说明", "注：{{ 金额说明 }}")
    add_spacer(document)
    signing = f"（签名）：{BLANK}　　{DATE_BLANK}"
    add_signatures(
        document,
        (
            ("核卷人意见", ("", f"核卷人{signing}")),
            ("审批人意见", ("", f"审批人{signing}")),
        ),
    )
    return document


_APPROVAL = (
    ("案件编号", "{{ 案件编号 }}", "受援人", "{{ 受援人 }}"),
    ("案由", "{{ 案由 }}", "案件类别", "{{ 案件类别 }}"),
    ("办案阶段", "{{ 办案阶段 }}", "卷宗页数", "{{ 收卷页数 }}页"),
    ("承办单位", "{{ 承办单位 }}"),
    ("承办人", "{{ 承办人 }}", "联系电话", BLANK),
    ("指派日期", "{{ 指派日期 }}", "结案日期", "{{ 结案日期 }}"),
    ("审查结论", "{{ 审查结论 }}"),
    ("补贴金额", "{{ 补贴金额小写 }}", "大写", "{{ 补贴金额大写 }}"),
    ("领款人", BLANK, "开户银行", BLANK),
    ("户名", BLANK, "账号", BLANK),
)

SUBSIDY_PAPERS: dict[DraftKind, Callable[[], WordDocument]] = {
    DraftKind.SUBSIDY_SUSPENSION: build_suspension,
    DraftKind.SUBSIDY_REFUSAL: build_refusal,
    DraftKind.SUBSIDY_APPROVAL: build_approval,
}
