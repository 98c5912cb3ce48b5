"""The templates of the papers to the recipient and the firm: 决定书, 指派通知书, 权利义务告知书, 送达回证."""

from __future__ import annotations

from collections.abc import Callable

from docx.document import Document as WordDocument
from docx.shared import Pt

from pipeline.drafting.templating.letter_parts import BLANK, DATE_BLANK, add_where, kept_together
from pipeline.drafting.templating.letterhead import add_ending
from pipeline.drafting.templating.styles import new_letter
from pipeline.drafting.templating.tables import Column, add_form, add_list, keep_whole
from schemas.draft import DraftKind


def new_paper(title: str) -> WordDocument:
    """The head of a decision or notice: the office, the title, the number."""
    document = new_letter(title, "")
    document.add_paragraph("{{ 机构名称 }}", style="机构名称")
    document.add_paragraph(title, style="Title")
    document.add_paragraph("{{ 文号 }}", style="编号")
    return document


def add_body(document: WordDocument, *texts: str) -> None:
    for text in texts:
        document.add_paragraph(text, style="公文正文")


def end_notice(document: WordDocument, *attachments: str) -> None:
    add_ending(document, "特此通知。", "联系电话：{{ 联系电话 }}；办公地址：{{ 办公地址 }}", attachments)


def build_grant() -> WordDocument:
    """给予法律援助决定书 (national form 9)."""
    document = new_paper("给予法律援助决定书")
    document.add_paragraph("{{ 受援人 }}{% if 代理申请人 %}（由{{ 代理申请人 }}代为申请）{% endif %}：", style="主送")
    add_body(
        document,
        "{% if 代理申请人 %}{{ 代理申请人 }}代你{% else %}你{% endif %}就{{ 申请事项 }}提出的法律援助申请，本机构已于"
        "{{ 收到日期 }}收到。{% if 先行提供 %}经初步审查，你的申请属于《中华人民共和国法律援助法》第四十四条第一款规定的"
        "情形，本机构决定先行提供法律援助，援助形式为{{ 援助形式 }}。请你及时补办有关手续，补充有关材料。"
        "{% else %}经审查，你的申请符合法律援助条件。根据《中华人民共和国法律援助法》第四十三条第一款的规定，"
        "本机构决定给予你法律援助，援助形式为{{ 援助形式 }}。{% endif %}",
        "本机构已{{ 指派方式 }}{{ 承办单位 }}{{ 承办人 }}（联系电话：{{ 承办人电话 }}）承办本案。"
        "{% if 羁押 %}承办人将前往羁押场所会见你，并与你或者你的法定代理人、近亲属办理委托手续。"
        "{% elif 代拟 %}请你及时与承办人联系，并提供与代拟法律文书有关的材料。"
        "{% else %}请你自收到本决定书之日起5个工作日内，持本人有效身份证件与承办单位联系，办理委托手续。{% endif %}",
        "法律援助是无偿的法律服务，法律援助机构和法律援助人员不向你收取任何财物。你在法律援助中的权利、义务，"
        "详见《受援人权利义务告知书》。",
    )
    end_notice(document)
    return document


def build_assignment_notice() -> WordDocument:
    """指派通知书 (national form 11), with a table of contacts and a receipt."""
    document = new_paper("指派通知书")
    document.add_paragraph("{{ 承办单位 }}：", style="主送")
    add_body(
        document,
        "{% if 通知类 %}根据{{ 办案机关名称 }}{{ 来函 }}和《中华人民共和国法律援助法》的有关规定，{% endif %}本机构决定对"
        "{{ 案件 }}提供法律援助，援助形式为{{ 援助形式 }}{% if 办案阶段 %}（{{ 办案阶段 }}）{% endif %}。"
        "现{{ 指派方式 }}你单位承办，由{{ 承办人 }}（执业证号：{{ 执业证号 }}）"
        "{% if 代拟 %}代拟法律文书{% else %}担任{{ 身份 }}{% endif %}。请按照下列要求办理：",
        "一、自收到本通知书之日起3个工作日内，将承办人姓名和联系电话告知受援人，并将回执送交本机构。",
    )
    add_where(document, "not 代拟", _MANDATE_DUTY, "公文正文")
    add_where(document, "代拟", "二、及时约见受援人，了解案情，按时完成代拟的法律文书并交付受援人。", "公文正文")
    add_body(document, *_DUTIES)
    end_notice(document, "案件情况表", "指派通知书回执")
    _add_case_table(document)
    _add_notice_receipt(document)
    return document


_MANDATE_DUTY = (
    "二、自收到本通知书之日起5个工作日内，与受援人或者其法定代理人、近亲属签订{{ 协议名称 }}和授权委托书，"
    "因受援人原因或者其他客观原因无法按时签订的除外。{% if 羁押 %}受援人现被羁押，请依法及时会见。{% endif %}"
    "{% if 有办案机关 %}请及时与办案机关联系，提交法律援助公函和委托手续。{% endif %}"
    "{% if 开庭日期 %}本案定于{{ 开庭日期 }}开庭，请提前做好准备。{% endif %}"
)

_DUTIES = (
    (
        "三、按照法律援助服务规范办理，及时向受援人通报办理情况；遇有重大、疑难、复杂情况或者应当终止法律援助的情形，"
        "及时向本机构报告。无正当理由不得拒绝、拖延或者终止提供法律援助，不得向受援人收取任何财物。"
    ),
    "四、自案件办理结束之日起30日内，将结案归档材料报送本机构。",
)

_CASE_TABLE = (
    ("案件编号", "{{ 案件编号 }}", "援助形式", "{{ 援助形式 }}"),
    ("受援人", "{{ 受援人 }}", "诉讼地位", "{{ 诉讼地位 }}"),
    ("联系电话", "{{ 受援人电话 }}", "羁押场所", "{{ 羁押场所 }}"),
    ("住所", "{{ 受援人住址 }}"),
    ("法定代理人、代理申请人", "{{ 法定代理人 }}", "联系电话", "{{ 法定代理人电话 }}"),
    ("案由", "{{ 案由 }}", "办案阶段", "{{ 办案阶段 or '—' }}"),
    ("对方当事人", "{{ 对方当事人 }}"),
    ("办案机关", "{{ 办案机关名称 }}", "案号", "{{ 办案机关案号 or '—' }}"),
    ("办案机关联系人", "{{ 办案机关联系人 }}", "开庭日期", "{{ 开庭日期 or '—' }}"),
)


def _add_case_table(document: WordDocument) -> None:
    heading = document.add_paragraph("附件1：案件情况表", style="副标题")
    heading.paragraph_format.space_before = Pt(18)
    heading.paragraph_format.keep_with_next = True
    keep_whole(add_form(document, _CASE_TABLE, (32, 46, 26, 52)))
    document.add_paragraph("注：受援人的联系方式、住所和案件情况仅供承办本案使用，请予保密。", style="表注")


def _add_notice_receipt(document: WordDocument) -> None:
    """A sheet of its own, which the firm sends back."""
    lines = kept_together(
        document,
        ("附件2：指派通知书回执", "副标题"),
        ("{{ 机构名称 }}：", "主送"),
        (
            (
                "《指派通知书》（{{ 文号 }}）收悉。我单位已安排{{ 承办人 }}承办，并已于＿＿＿＿年＿＿月＿＿日将承办人姓名和"
                "联系电话告知受援人（或者其法定代理人、近亲属）。"
            ),
            "公文正文",
        ),
        (f"承办单位（盖章）：{BLANK}　承办人（签名）：{BLANK}", "签署行"),
        (f"联系电话：{BLANK}　　　　　＿＿＿＿年＿＿月＿＿日", "签署行"),
    )
    lines[0].paragraph_format.page_break_before = True


def build_rights_notice() -> WordDocument:
    """受援人权利义务告知书: read or read out, and signed."""
    document = new_letter("受援人权利义务告知书", "")
    document.add_paragraph("{{ 机构名称 }}", style="机构名称")
    document.add_paragraph("受援人权利义务告知书", style="Title")
    document.add_paragraph("{{ 受援人 }}：", style="主送")
    document.add_paragraph(
        "本机构为你提供法律援助（案件编号：{{ 案件编号 }}）。根据《中华人民共和国法律援助法》等规定，"
        "现将你的权利、义务和有关事项告知如下：",
        style="协议条款",
    )
    for heading, texts in _RIGHTS:
        document.add_paragraph(heading, style="协议条名")
        for text in texts:
            document.add_paragraph(text, style="协议条款")
    _add_acknowledgement(document)
    return document


_RIGHTS = (
    (
        "一、权利",
        (
            "（一）无偿获得法律援助服务，法律援助机构、法律援助人员不收取任何财物；",
            "（二）向本机构和法律援助人员了解法律援助事项的办理情况；",
            "（三）法律援助人员未依法履行职责的，可以向司法行政部门投诉，并可以请求本机构更换法律援助人员；",
            "（四）要求对提供法律援助过程中知悉的国家秘密、商业秘密和个人隐私予以保密；",
            "（五）有正当理由的，可以要求终止法律援助；对终止法律援助的决定有异议的，可以向设立本机构的司法行政部门提出。",
        ),
    ),
    (
        "二、义务",
        (
            "（一）如实陈述与法律援助事项有关的情况，及时提供证据材料，协助、配合办理法律援助事项；",
            (
                "{% if 通知类 %}（二）不得利用法律援助从事违法活动；{% else %}（二）如实说明经济困难状况；经济状况发生变化"
                "的，及时告知本机构；不得利用法律援助从事违法活动；{% endif %}"
            ),
            "（三）自行委托律师或者其他代理人的，及时告知本机构和法律援助人员；",
            "（四）联系方式、住所变更的，及时告知本机构和法律援助人员。",
        ),
    ),
    (
        "三、法律援助的终止",
        (
            (
                "有下列情形之一的，本机构应当作出终止法律援助的决定：以欺骗或者其他不正当手段获得法律援助；故意隐瞒与案件有关"
                "的重要事实或者提供虚假证据；利用法律援助从事违法活动；经济状况发生变化，不再符合法律援助条件；案件终止审理"
                "或者已经被撤销；自行委托律师或者其他代理人；有正当理由要求终止法律援助；法律法规规定的其他情形。"
            ),
            "以欺骗或者其他不正当手段获得法律援助的，由司法行政部门责令支付已实施法律援助的费用，并处三千元以下罚款。",
        ),
    ),
    (
        "四、风险提示",
        (
            (
                "法律援助人员依法维护你的合法权益，但不对案件结果作出承诺。"
                "{% if 刑事 %}案件的处理结果由办案机关依法决定。{% else %}超过诉讼（仲裁）时效、不能提供证据、"
                "不按时出庭或者对方没有履行能力的，请求可能得不到支持或者难以实现。{% endif %}"
            ),
            "监督电话：{{ 联系电话 }}（本机构）；12348（公共法律服务热线）。",
        ),
    ),
)


def _add_acknowledgement(document: WordDocument) -> None:
    last = document.paragraphs[-1]
    last.paragraph_format.keep_with_next = True
    kept_together(
        document,
        ("□ 本人已阅读以上内容，知悉并理解。", "协议条款"),
        ("□ 告知人已向本人宣读以上内容，本人知悉并理解。", "协议条款"),
        (f"受援人（签名或者捺指印）：{BLANK}　{_SIGNED_ON}", "签署行"),
        (f"法定代理人、近亲属（签名）：{BLANK}　{_SIGNED_ON}", "签署行"),
        (f"告知人（签名）：{BLANK}　　　　　　　{_SIGNED_ON}", "签署行"),
    )


_SIGNED_ON = "＿＿年＿＿月＿＿日"


def build_service_receipt() -> WordDocument:
    """送达回证 (national form 22): one sheet for each who is served."""
    document = new_letter("送达回证", "")
    document.add_paragraph("{{ 机构名称 }}", style="机构名称")
    document.add_paragraph("送达回证", style="Title")
    add_form(
        document,
        (
            ("案件编号", "{{ 案件编号 }}", "受援人", "{{ 受援人 }}"),
            ("案件", "{{ 案件 }}"),
            ("受送达人", "{{ 受送达人 }}", "联系电话", "{{ 受送达人电话 }}"),
            ("送达地点", "{{ 送达地点 }}"),
            ("送达方式", "□直接送达　□留置送达　□邮寄送达　□电子送达　□转交送达"),
        ),
        (26, 52, 26, 52),
        height_mm=9,
    )
    document.add_paragraph("", style="表注").paragraph_format.keep_with_next = True
    add_list(document, "送达文书", _SERVED)
    document.add_paragraph("", style="表注").paragraph_format.keep_with_next = True
    add_form(document, _SERVICE_END, (32, 124), height_mm=16)
    document.add_paragraph(
        "注：受送达人拒绝签收、由他人代收或者以邮寄、电子方式送达的，在备注栏写明情况，并附有关凭证。", style="表注"
    )
    return document


_SERVED = (
    Column("序号", "序号", 14, centred=True),
    Column("送达文书名称", "名称", 64),
    Column("文号", "文号", 62),
    Column("份数", "份数", 16, centred=True),
)

_SERVICE_END = (
    ("受送达人签收", f"签名或者盖章：{BLANK}　　{DATE_BLANK}"),
    ("代收人及代收理由", f"{BLANK}{BLANK}　　{DATE_BLANK}"),
    ("送达人（签名）", f"{BLANK}　{BLANK}　{DATE_BLANK}"),
    ("备注", ""),
)

ASSIGNMENT_PAPERS: dict[DraftKind, Callable[[], WordDocument]] = {
    DraftKind.GRANT_DECISION: build_grant,
    DraftKind.ASSIGNMENT_NOTICE: build_assignment_notice,
    DraftKind.RIGHTS_NOTICE: build_rights_notice,
    DraftKind.SERVICE_RECEIPT: build_service_receipt,
}
