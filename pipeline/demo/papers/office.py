"""Papers that the office makes when it takes a case: approval, decision, assignment, letter, receipts."""

from __future__ import annotations

from pipeline.demo.blocks import Block, Cell, Gap, Paper, Row, Signature, Table, Text, fill
from pipeline.demo.papers.forms import (
    entry,
    form,
    head,
    number_line,
    office_end,
    recipient_signs,
    staff_signs,
    stated,
    ticked,
)
from pipeline.demo.story import Story

AID_FORMS = ("刑事辩护", "刑事代理", "民事诉讼代理", "行政诉讼代理", "劳动争议调解与仲裁代理", "非诉讼代理", "其他")
LETTERS = {"刑": "刑事法律援助公函", "民": "民事法律援助公函", "行": "行政法律援助公函"}


def aid_form(story: Story) -> str:
    return story.proceeding.aid


def approval_form(story: Story) -> Paper:
    """法律援助审批表, or 通知辩护呈批表 in a notified case."""
    style, days = story.style, story.days
    title = "通知辩护呈批表" if story.notified else style.approval_title
    if story.class_ != "刑" and title.startswith("刑事"):
        title = "法律援助申请审批表"
    rows = [
        ("案件编号", story.case_number),
        ("申请人" if not story.notified else story.role, story.recipient.name),
        ("性别", story.recipient.sex),
        ("身份证号码", story.recipient.id_number),
        ("案由", story.matter.cause),
        ("所处阶段", story.stage_title),
        ("办案机关", story.organ),
        ("援助形式", aid_form(story)),
    ]
    if story.notified:
        review = f"经审查，{story.organ}通知本{style.office_word}为{story.role}{story.recipient.name}指派律师担任辩护人，符合《中华人民共和国法律援助法》第二十五条的规定，拟同意指派律师提供辩护。"
    else:
        review = f"经审查，申请人{story.recipient.name}的申请事项属于法律援助范围，经济困难状况符合规定，拟同意给予法律援助。"
    approve = f"同意给予法律援助，指派{story.firm}{story.lawyer.name}律师承办。"
    opinions = Table(
        (0.5, 3.2),
        (
            Row((head("案情\n简介"), Cell(fill(story.facts(called=story.role)))), 260),
            Row((head("审查\n意见"), Cell(fill(review), signature=staff_signs(story, days.approved, "经办人（签名）：", story.staff))), 240),
            Row((head("审批\n意见"), Cell(fill(approve), signature=staff_signs(story, days.approved, "负责人（签名）：", story.head))), 240),
        ),
    )  # fmt: skip
    fields = stated(
        story, "recipient_name", "recipient_id_number", "cause", "case_number", "organ_name", "firm_name", "lawyer_name",
        on=days.approved,
    )  # fmt: skip
    return Paper(
        "approval_form", title, (*style.title(title), *form(story, rows), opinions), fields, form=True, size=34
    )


def grant_decision(story: Story) -> Paper:
    style, days = story.style, story.days
    number = story.number("决", 7)
    body = (
        Text(f"{fill(story.recipient.name)}：", indent=0),
        Text(
            f"你于{fill(style.day(days.applied))}向本{style.office_word}提出的关于{fill(story.matter.cause)}一案的法律援助申请收悉。"
            f"经审查，你的申请符合《中华人民共和国法律援助法》和《广东省法律援助条例》规定的法律援助条件，现决定给予法律援助，援助形式为{fill(aid_form(story))}。"
        ),
        Text(
            f"本{style.office_word}已安排{fill(story.firm)}办理，承办人将与你联系，请你予以配合，如实陈述案情并提供有关证据材料。"
        ),
        Text("特此通知。"),
        Gap(60),
        office_end(story, days.granted),
    )
    fields = stated(story, "recipient_name", "cause", "firm_name", on=days.granted, number=number)
    title = "给予法律援助决定书"
    return Paper(
        "grant_decision", title, (*style.letterhead(title), number_line(number), Gap(20), *body), fields, form=False
    )


def assignment_notice(story: Story) -> Paper:
    style, days = story.style, story.days
    number = story.number("指")
    basis = f"根据{fill(story.organ)}的通知" if story.notified else f"经审查{fill(story.recipient.name)}的申请"
    place = f"现羁押于{fill(story.jail)}" if story.custody else f"联系电话{fill(story.recipient.phone)}"
    body: list[Block] = [
        Text(f"{fill(story.firm)}：", indent=0),
        Text(
            f"{basis}，本{style.office_word}决定对{fill(story.recipient.name)}{fill(story.matter.cause)}一案（{fill(story.stage_title)}）"
            f"提供法律援助，现指派你单位{fill(story.lawyer.name)}律师担任{fill(story.recipient.name)}的{fill(story.capacity)}。{style.recipient_label}{place}。"
        ),
        Text(
            f"请你单位自收到本通知书之日起三个工作日内将承办人姓名和联系方式告知{style.recipient_label}及本{style.office_word}，"
            f"在五日内与{style.recipient_label}办理委托手续，并于结案之日起三十日内将案件材料整理归档，交本{style.office_word}审查。"
        ),
        Text("特此通知。"),
        Gap(60),
        office_end(story, days.assigned),
    ]  # fmt: skip
    if style.numbers != "single":
        body.insert(0, Text(f"案件编号：{story.case_number}", indent=0, size=34))
    fields = stated(story, "recipient_name", "cause", "firm_name", "lawyer_name", on=days.assigned, number=number)
    title = "指派通知书" if style.titles != "stage_inside" else "法律援助指派通知书"
    return Paper("assignment_notice", title, (*style.letterhead(title), number_line(number), Gap(20), *body), fields)


def official_letter(story: Story) -> Paper:
    style, days = story.style, story.days
    number = story.number("函", 3)
    title = "法律援助公函" if story.stage is None else LETTERS[story.class_]
    reason = "你单位通知" if story.notified else f"{fill(story.recipient.name)}的申请"
    body = (
        Text(f"{fill(story.organ)}：", indent=0),
        Text(
            f"根据{reason}，本{style.office_word}已决定对{fill(story.recipient.name)}{fill(story.matter.cause)}一案提供法律援助，"
            f"指派{fill(story.firm)}{fill(story.lawyer.name)}律师（执业证号：{fill(story.licence)}，联系电话：{fill(story.lawyer.phone)}）担任{story.role}"
            f"{fill(story.recipient.name)}的{fill(story.capacity)}。"
        ),
        Text("特此函告，请予接洽。"),
        Gap(60),
        office_end(story, days.assigned),
        Gap(40),
        Text(f"联系人：{story.staff}　　联系电话：0000-{story.running:03d}{story.organ_running:04d}", indent=0, size=32),
    )  # fmt: skip
    fields = stated(
        story, "recipient_name", "cause", "firm_name", "lawyer_name", "organ_name", on=days.assigned, number=number
    )
    return Paper("official_letter", title, (*style.letterhead(title), number_line(number), Gap(20), *body), fields)


def _service(story: Story, what: str, receiver: str, *, by_recipient: bool) -> Paper:
    style, days = story.style, story.days
    on = days.granted if by_recipient else days.assigned
    signs = (
        recipient_signs(story, on, label="签名或者盖章：")
        if by_recipient
        else Signature("签名或者盖章：", story.judge, "", style.day(on))
    )
    table = Table(
        (0.9, 2.6),
        (
            Row((head("案　　由"), entry(story.matter.cause)), 84),
            Row((head("送达文书\n名称和编号"), entry(what)), 130),
            Row((head("受送达人"), entry(receiver)), 84),
            Row((head("送达地点"), entry(story.style.office if by_recipient else receiver)), 84),
            Row((head("送达方式"), Cell(ticked(("直接送达", "邮寄送达", "留置送达"), "直接送达"))), 84),
            Row((head("受送达人\n签收"), Cell("", signature=signs)), 220),
            Row((head("代收人签名\n及代收理由"), Cell("")), 150),
            Row((head("送达人"), Cell("", signature=staff_signs(story, on, "签名：", story.staff))), 190),
            Row((head("备　　注"), Cell("")), 110),
        ),
    )
    title = "送达回证"
    fields = stated(story, "cause", on=on) | ({"recipient_name": story.recipient.name} if by_recipient else {})
    return Paper("service_receipt", title, (*style.title(title), table), fields, form=True, size=36)


def grant_receipt(story: Story) -> Paper:
    what = f"《给予法律援助决定书》{story.number('决', 7)}"
    return _service(story, what, story.recipient.name, by_recipient=True)


def letter_receipt(story: Story) -> Paper:
    return _service(story, f"《法律援助公函》{story.number('函', 3)}", story.organ, by_recipient=False)


def materials_receipt(story: Story) -> Paper:
    style, days = story.style, story.days
    title = "法律援助申请材料接收凭证"
    listed = ("法律援助申请表", "居民身份证复印件", "经济困难状况说明表（证明）", "案件有关材料")
    rows = [Row((head("序号"), head("材料名称"), head("份数"), head("页数")), 70)]
    rows += [Row((head(str(n)), Cell(name), head("1"), head(str(1 + n % 2))), 70) for n, name in enumerate(listed, 1)]
    body = (
        Text(f"{fill(story.recipient.name)}：", indent=0),
        Text(
            f"你于{fill(style.day(days.applied))}提交的关于{fill(story.matter.cause)}一案的法律援助申请材料已经收到，清单如下："
        ),
        Table((0.5, 2.4, 0.6, 0.6), tuple(rows), 33),
        Gap(50),
        staff_signs(story, None, "接收人（签名）：", story.staff),
        recipient_signs(story, days.applied, label="申请人（签名）："),
    )
    fields = stated(story, "recipient_name", "cause", on=days.applied)
    return Paper("materials_receipt", title, (*style.title(title), *body), fields, form=True)
