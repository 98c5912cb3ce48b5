"""The templates of what the recipient and the firm sign: 委托代理协议, 委托辩护协议, 授权委托书."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from docx.document import Document as WordDocument

from pipeline.drafting.templating.letter_parts import BLANK, DATE_BLANK, kept_together
from pipeline.drafting.templating.styles import new_letter
from pipeline.drafting.templating.tables import add_form
from schemas.draft import DraftKind

_SIDES = (
    ("甲方（受援人）", "{{ 受援人 }}", "证件号码", "{{ 受援人证件号码 }}"),
    ("联系电话", "{{ 受援人电话 }}", "法定代理人、代理人", "{{ 法定代理人 }}"),
    ("住所{% if 羁押场所 %}（羁押场所）{% endif %}", "{{ 羁押场所 or 受援人住址 }}"),
    ("乙方（承办单位）", "{{ 承办单位 }}", "联系电话", "{{ 承办单位电话 }}"),
    ("承办人", "{{ 承办人 }}", "执业证号", "{{ 执业证号 }}"),
)


def build_defence_agreement() -> WordDocument:
    """委托辩护协议 (national form 12)."""
    return _build_agreement("委托辩护协议", "二、辩护权限", _DEFENCE_POWERS)


def build_representation_agreement() -> WordDocument:
    """委托代理协议 (national form 12)."""
    return _build_agreement("委托代理协议", "二、代理权限", _AGENCY_POWERS)


_DEFENCE_POWERS = "乙方承办人依法行使辩护人的诉讼权利，根据事实和法律提出辩护意见，维护甲方的诉讼权利和其他合法权益。"
_AGENCY_POWERS = "乙方承办人的代理权限以甲方签署的授权委托书为准。"


def _build_agreement(title: str, powers_heading: str, powers: str) -> WordDocument:
    document = new_letter(title, "")
    document.add_paragraph(title, style="Title")
    document.add_paragraph("案件编号：{{ 案件编号 }}", style="签署")
    add_form(document, _SIDES, (30, 48, 30, 48))
    document.add_paragraph("", style="表注")
    document.add_paragraph(
        "甲方因{{ 案件 }}，经{{ 机构名称 }}{% if 通知类 %}根据办案机关的通知提供法律援助{% else %}决定给予法律援助{% endif %}，"
        "并指派乙方承办（指派通知书文号：{{ 指派文号 }}）。根据《中华人民共和国法律援助法》等规定，双方订立本协议。",
        style="协议条款",
    )
    clauses = (("一、委托事项", _MATTER), (powers_heading, (powers,)), *_CLAUSES)
    for heading, texts in clauses:
        document.add_paragraph(heading, style="协议条名")
        for text in texts:
            document.add_paragraph(text, style="协议条款")
    _add_agreement_signatures(document)
    return document


_MATTER = (
    (
        "乙方接受指派，安排{{ 承办人 }}担任甲方的{{ 身份 }}，提供{{ 援助形式 }}。"
        "委托期限自本协议签订之日起至{{ 委托期限 }}之日止{% if 办案阶段 %}（{{ 办案阶段 }}）{% endif %}。"
    ),
)

_CLAUSES: Sequence[tuple[str, Sequence[str]]] = (
    (
        "三、甲方的权利和义务",
        (
            (
                "甲方有权了解法律援助事项的办理情况；乙方及其承办人未依法履行职责的，甲方可以向司法行政部门投诉，"
                "并可以请求法律援助机构更换承办人。"
            ),
            (
                "甲方应当如实陈述与法律援助事项有关的情况，及时提供证据材料，协助、配合承办人办理法律援助事项；"
                "不得利用法律援助从事违法活动。"
            ),
        ),
    ),
    (
        "四、乙方的权利和义务",
        (
            (
                "乙方及其承办人应当恪守职业道德和执业纪律，依法及时提供符合标准的法律援助服务，按照规定向甲方通报办理情况，"
                "对知悉的国家秘密、商业秘密和个人隐私予以保密。"
            ),
            (
                "乙方及其承办人不得向甲方收取任何财物，无正当理由不得拒绝、拖延或者终止提供法律援助服务；确需更换承办人的，"
                "应当报法律援助机构同意。"
            ),
        ),
    ),
    (
        "五、费用",
        ("乙方提供法律援助，不向甲方收取任何费用。法律援助补贴由法律援助机构依照有关规定支付。",),
    ),
    (
        "六、协议的变更和终止",
        (
            (
                "法律援助机构决定更换承办单位、终止法律援助的，本协议自决定送达甲方之日起终止；更换承办人的，"
                "双方相应变更本协议和授权委托书。"
            ),
        ),
    ),
    (
        "七、其他",
        ("本协议自甲方签名或者捺指印、乙方盖章之日起生效，一式三份，甲方、乙方各执一份，报{{ 机构名称 }}备案一份。",),
    ),
)


def _add_agreement_signatures(document: WordDocument) -> None:
    document.paragraphs[-1].paragraph_format.keep_with_next = True
    kept_together(
        document,
        (f"甲方（签名或者捺指印）：{BLANK}　　＿＿年＿＿月＿＿日", "签署行"),
        (f"法定代理人、近亲属（签名）：{BLANK}　＿＿年＿＿月＿＿日", "签署行"),
        (f"乙方（盖章）：{BLANK}　承办人（签名）：{BLANK}", "签署行"),
        ("＿＿年＿＿月＿＿日", "签署日期"),
    )


def build_power_of_attorney() -> WordDocument:
    """授权委托书 (national form 3 is for applying; this one is for the proceedings)."""
    document = new_letter("授权委托书", "")
    document.add_paragraph("授权委托书", style="Title")
    document.add_paragraph("（法律援助案件编号：{{ 案件编号 }}）", style="副标题")
    add_form(document, _PRINCIPAL_AND_AGENT, (30, 48, 30, 48))
    document.add_paragraph("", style="表注")
    document.add_paragraph("现委托上列受委托人在{{ 案件 }}中，担任{{ 受援人 }}的{{ 身份 }}。", style="公文正文")
    _add_powers(document)
    document.add_paragraph(
        "委托期限：自本委托书签署之日起至{{ 委托期限 }}之日止{% if 办案阶段 %}（{{ 办案阶段 }}）{% endif %}。",
        style="公文正文",
    ).paragraph_format.keep_with_next = True
    kept_together(
        document,
        (f"委托人（签名或者捺指印）：{BLANK}{BLANK}", "签署行"),
        (f"法定代理人、近亲属（签名）：{BLANK}{BLANK}", "签署行"),
        (DATE_BLANK, "签署日期"),
    )
    return document


_PRINCIPAL_AND_AGENT = (
    ("委托人", "{{ 受援人 }}", "性别", "{{ 受援人性别 }}"),
    ("证件号码", "{{ 受援人证件号码 }}", "联系电话", "{{ 受援人电话 }}"),
    ("住所{% if 羁押场所 %}（羁押场所）{% endif %}", "{{ 羁押场所 or 受援人住址 }}"),
    ("法定代理人、近亲属", "{{ 法定代理人 }}"),
    ("受委托人", "{{ 承办人 }}", "执业证号", "{{ 执业证号 }}"),
    ("工作单位", "{{ 承办单位 }}", "联系电话", "{{ 承办人电话 }}"),
)


def _add_powers(document: WordDocument) -> None:
    """A defender has the law's powers; an agent those that the principal ticks."""
    document.add_paragraph("{%p if 辩护 %}")
    document.add_paragraph("委托权限：依法行使辩护人的各项诉讼权利。", style="公文正文")
    document.add_paragraph("{%p else %}")
    heading = document.add_paragraph("委托权限（由委托人在所选项前的方框内打“√”）：", style="公文正文")
    heading.paragraph_format.keep_with_next = True
    for text in _AGENCY_CHOICES:
        document.add_paragraph(text, style="公文正文")
    document.add_paragraph("{%p endif %}")


_AGENCY_CHOICES = (
    "□ 一般代理：代为调查取证、提交证据和意见，参加庭审或者其他程序，代收法律文书。",
    "□ 特别授权：除一般代理的权限外，代为承认、放弃、变更请求，进行和解、调解，提起反诉（反请求）或者上诉。",
)

MANDATES: dict[DraftKind, Callable[[], WordDocument]] = {
    DraftKind.REPRESENTATION_AGREEMENT: build_representation_agreement,
    DraftKind.DEFENCE_AGREEMENT: build_defence_agreement,
    DraftKind.POWER_OF_ATTORNEY: build_power_of_attorney,
}
