"""The templates of the papers that a case may need on its way: 补充材料通知, 更换人员通知, 终止决定."""

from __future__ import annotations

from collections.abc import Callable

from docx.document import Document as WordDocument

from pipeline.drafting.templating.assignment_papers import add_body, end_notice, new_paper
from pipeline.drafting.templating.letter_parts import add_where
from schemas.draft import DraftKind


def build_supplement_notice() -> WordDocument:
    """补充材料（说明）通知书 (national form 6)."""
    document = new_paper("补充材料（说明）通知书")
    document.add_paragraph("{{ 受援人 }}{% if 代理申请人 %}（由{{ 代理申请人 }}代为申请）{% endif %}：", style="主送")
    add_body(
        document,
        "你就{{ 申请事项 }}提出的法律援助申请，本机构已于{{ 收到日期 }}收到。经审查，"
        "{% if 补充材料 and 说明事项 %}申请材料不齐全，有关事项需要说明{% elif 补充材料 %}申请材料不齐全"
        "{% else %}有关事项需要说明{% endif %}。根据《中华人民共和国法律援助法》第四十三条第二款的规定，"
        "请你自收到本通知书之日起{{ 补充期限 }}内补充材料或者作出说明：",
    )
    for rows, heading in (("补充材料", "需要补充的材料："), ("说明事项", "需要说明的事项：")):
        document.add_paragraph(f"{{%p if {rows} %}}")
        document.add_paragraph(heading, style="公文正文").paragraph_format.keep_with_next = True
        document.add_paragraph(f"{{%p for 行 in {rows} %}}")
        document.add_paragraph("{{ 行.序号 }}. {{ 行.内容 }}{{ 行.标点 }}", style="公文正文")
        document.add_paragraph("{%p endfor %}")
        document.add_paragraph("{%p endif %}")
    add_body(document, "未按要求补充材料或者作出说明的，视为撤回申请。")
    end_notice(document)
    return document


def build_lawyer_change() -> WordDocument:
    """更换法律援助人员通知书 (national form 17)."""
    document = new_paper("更换法律援助人员通知书")
    document.add_paragraph("{{ 原承办单位 }}：", style="主送")
    add_body(
        document,
        "{{ 申请日期 }}，本机构收到{{ 申请更换的人 }}关于更换{{ 案件 }}（案件编号：{{ 案件编号 }}）法律援助人员的申请。"
        "经审查，{{ 理由 }}，本机构决定更换法律援助人员，现按下列情形办理：",
    )
    add_where(document, "本单位更换", _SAME_FIRM, "公文正文")
    add_where(document, "not 本单位更换", _OTHER_FIRM, "公文正文")
    add_where(
        document,
        "有办案机关",
        "更换后的承办人应当及时与办案机关联系，提交法律援助公函和委托手续。",
        "公文正文",
    )
    end_notice(document)
    return document


_SAME_FIRM = (
    "由你单位更换承办人。请自收到本通知书之日起{{ 办理期限 }}内将承办人由{{ 原承办人 }}更换为{{ 新承办人 }}，"
    "将更换后的承办人姓名和联系电话告知受援人和本机构，与受援人变更委托协议和授权委托书，并安排原承办人与更换后的"
    "承办人办理案件材料移交手续。"
)
_OTHER_FIRM = (
    "你单位不再承办本案。请自收到本通知书之日起{{ 办理期限 }}内与受援人解除委托协议，并将案件材料移交"
    "{{ 新承办单位 }}{{ 新承办人 }}（联系电话：{{ 新承办人电话 }}）。"
)
"""The two ways that the national form names."""


def build_termination_decision() -> WordDocument:
    """终止法律援助决定书 (national form 18)."""
    document = new_paper("终止法律援助决定书")
    document.add_paragraph("{{ 受援人 }}：", style="主送")
    add_body(
        document,
        "{{ 案件 }}（案件编号：{{ 案件编号 }}），本机构已指派{{ 承办单位 }}{{ 承办人 }}为你提供法律援助"
        "{% if 给予文号 %}（给予法律援助决定书文号：{{ 给予文号 }}）{% endif %}。",
        "现查明，{{ 事实 }}，属于《中华人民共和国法律援助法》第四十八条第一款第{{ 项次 }}项规定的“{{ 情形 }}”的情形。"
        "根据该款规定，本机构决定自{{ 终止日期 }}起终止法律援助。",
        "如对本决定有异议，可以向设立本机构的司法行政部门提出。司法行政部门自收到异议之日起五日内进行审查，"
        "作出维持本机构决定或者责令本机构改正的决定。对维持决定不服的，可以依法申请行政复议或者提起行政诉讼。",
    )
    end_notice(document)
    return document


LATER_PAPERS: dict[DraftKind, Callable[[], WordDocument]] = {
    DraftKind.SUPPLEMENT_NOTICE: build_supplement_notice,
    DraftKind.LAWYER_CHANGE_NOTICE: build_lawyer_change,
    DraftKind.TERMINATION_DECISION: build_termination_decision,
}
