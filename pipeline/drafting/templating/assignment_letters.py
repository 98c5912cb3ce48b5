"""The templates of the letters to other organs, in the letter form: 法律援助公函, 会见公函, 终止法律援助公函."""

from __future__ import annotations

from collections.abc import Callable

from docx.document import Document as WordDocument

from pipeline.drafting.templating.letter_parts import add_where
from pipeline.drafting.templating.letterhead import add_ending, new_official_letter
from schemas.draft import DraftKind

_OFFICE_CONTACT = "本机构联系电话：{{ 联系电话 }}，地址：{{ 办公地址 }}"
_CONTACTS = f"承办人：{{{{ 承办人 }}}}，执业证号：{{{{ 执业证号 }}}}，联系电话：{{{{ 承办人电话 }}}}；{_OFFICE_CONTACT}"


def _new(title: str, addressee: str) -> WordDocument:
    document = new_official_letter(title)
    document.add_paragraph("{{ 文号 }}", style="编号")
    document.add_paragraph(title, style="信函标题")
    document.add_paragraph(f"{{{{ {addressee} }}}}：", style="主送")
    return document


_NOTICE = "{% if 通知类 %}{{ 机关称谓 }}{{ 来函 }}收悉。{% endif %}"
_CASE = "{% if 办案机关案号 %}{{ 机关称谓 }}办理的{{ 办案机关案号 }}{% endif %}{{ 案件 }}"


def build_civil() -> WordDocument:
    """法律援助公函（民事、行政） (national form 13)."""
    document = _new("法律援助公函", "办案机关")
    document.add_paragraph(
        f"{_NOTICE}{_CASE}，{{% if not 通知类 %}}受援人{{{{ 受援人 }}}}向本机构申请法律援助。{{% endif %}}"
        "根据《中华人民共和国法律援助法》{{ 依据条款 }}的规定，"
        "本机构决定{{ 给予方式 }}法律援助，并指派{{ 承办单位 }}{{ 承办人 }}担任{% if 通知类 %}受援人{{ 受援人 }}的{% else %}其{% endif %}{{ 身份 }}。",
        style="公文正文",
    )
    add_where(
        document,
        "诉讼费用",
        "根据《中华人民共和国法律援助法》第五十三条第一款的规定，请{{ 机关称谓 }}根据情况对受援人缓收、减收或者免收诉讼费用，"
        "对法律援助人员复制相关材料等费用予以免收或者减收。",
        "公文正文",
    )
    document.add_paragraph("请{{ 机关称谓 }}{{ 请求事项 }}。", style="公文正文")
    add_ending(document, "特此函告。", _CONTACTS)
    return document


def build_criminal() -> WordDocument:
    """法律援助公函（刑事） (national form 13)."""
    document = _new("法律援助公函", "办案机关")
    document.add_paragraph(
        f"{_NOTICE}{_CASE}，"
        "{% if not 通知类 %}受援人{{ 受援人 }}的法律援助申请，经审查符合法律援助条件。{% endif %}"
        "根据《中华人民共和国法律援助法》{{ 依据条款 }}的规定，本机构指派{{ 承办单位 }}{{ 承办人 }}"
        "担任受援人{{ 受援人 }}的{{ 身份 }}。",
        style="公文正文",
    )
    document.add_paragraph(
        "请{{ 机关称谓 }}{{ 请求事项 }}。受援人拒绝接受法律援助，或者自行委托{{ 身份 }}的，请及时函告本机构。",
        style="公文正文",
    )
    add_ending(document, "特此函告。", _CONTACTS)
    return document


def build_meeting() -> WordDocument:
    """会见公函: to the house where the recipient is detained."""
    document = _new("会见公函", "羁押场所")
    document.add_paragraph(
        "{{ 案件 }}，现处于{{ 办案阶段 }}，本机构已指派{{ 承办单位 }}{{ 承办人 }}"
        "担任受援人的{{ 身份 }}。现因办案需要，承办人前往{{ 机关称谓 }}会见{{ 诉讼地位 }}{{ 受援人 }}。",
        style="公文正文",
    )
    document.add_paragraph(
        "根据《中华人民共和国刑事诉讼法》第三十九条第二款的规定，辩护律师持律师执业证书、律师事务所证明和委托书或者"
        "法律援助公函要求会见的，看守所应当及时安排会见，至迟不得超过四十八小时。请{{ 机关称谓 }}予以安排。",
        style="公文正文",
    )
    add_ending(document, "特此函告。", _CONTACTS)
    return document


def build_termination() -> WordDocument:
    """终止法律援助公函 (national form 19)."""
    document = _new("终止法律援助公函", "办案机关")
    document.add_paragraph(
        f"{_CASE}，本机构曾{{% if 原公函文号 %}}以《法律援助公函》（{{{{ 原公函文号 }}}}）{{% endif %}}函告{{{{ 机关称谓 }}}}，"
        "指派{{ 承办单位 }}{{ 承办人 }}担任受援人{{ 受援人 }}的{{ 身份 }}。",
        style="公文正文",
    )
    document.add_paragraph(
        "现查明，{{ 事实 }}，属于《中华人民共和国法律援助法》第四十八条第一款第{{ 项次 }}项规定的情形。"
        "本机构已决定自{{ 终止日期 }}起终止法律援助{% if 决定文号 %}（{{ 决定文号 }}）{% endif %}，"
        "上述指派同时终止。",
        style="公文正文",
    )
    add_ending(document, "特此函告。", _OFFICE_CONTACT)
    return document


ASSIGNMENT_LETTERS: dict[DraftKind, Callable[[], WordDocument]] = {
    DraftKind.CIVIL_LETTER: build_civil,
    DraftKind.CRIMINAL_LETTER: build_criminal,
    DraftKind.MEETING_LETTER: build_meeting,
    DraftKind.TERMINATION_LETTER: build_termination,
}
