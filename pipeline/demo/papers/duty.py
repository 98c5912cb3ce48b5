"""Papers of help without an assignment (法律帮助、代书): notice, talk, register, ledger; consultation, delivery."""

from __future__ import annotations

from pipeline.demo.blocks import Block, Cell, Gap, Paper, Row, Signature, SignOff, Table, Text, Title, fill
from pipeline.demo.papers.forms import entry, form, head, lawyer_signs, number_line, recipient_signs, stated, ticked
from pipeline.demo.papers.organ import ORGAN_FACE
from pipeline.demo.story import Story
from pipeline.demo.styles import chinese
from schemas.case import Kind, Stage

HELP: tuple[tuple[str, str], ...] = (
    ("你好，我是{office}派驻的值班律师{lawyer}，依法为你提供法律帮助，不收取任何费用，你听清楚了吗？", "听清楚了。"),
    (
        "值班律师提供法律咨询、程序选择建议、申请变更强制措施、对案件处理提出意见等帮助，不是你的辩护人，你明白吗？",
        "明白。",
    ),
    ("办案机关说你涉嫌什么罪名？", "说我涉嫌{cause}。"),
    ("你对事情的经过有什么要讲的？", "{facts}"),
    ("如果你符合法律援助条件，可以申请法律援助律师为你辩护，是否需要转交申请？", "暂时不需要，家里正在商量。"),
    ("认罪认罚的性质和法律后果我向你作了解释，你是否清楚？", "清楚，我想好以后再答复。"),
    ("你对强制措施有没有申请？办案人员有没有刑讯逼供？", "没有申请，没有刑讯逼供。"),
    ("还有什么需要咨询的吗？", "没有了，谢谢。"),
)


def help_notice(story: Story) -> Paper:
    days = story.days
    title = "值班律师提供法律帮助通知书" if story.style.office_word == "处" else "提供法律帮助通知书"
    word = {Stage.INVESTIGATION: "公（刑）法帮字", Stage.PROSECUTION: "检法帮"}[story.stage or Stage.PROSECUTION]
    number = f"{story.style.short[-1]}{word}〔{story.year}〕{story.organ_running}号"
    why = "签署认罪认罚具结书" if story.kind is Kind.PLEA_HELP else "没有委托辩护人，要求约见值班律师"
    blocks: tuple[Block, ...] = (
        Title(story.organ, size=54, face=ORGAN_FACE, after=16),
        Title(title, size=58, face=ORGAN_FACE),
        number_line(number),
        Text(f"{story.style.office}：", indent=0),
        Text(
            f"我单位办理的{story.role}{story.recipient.name}涉嫌{story.matter.cause}一案，{story.role}{why}。根据《中华人民共和国刑事诉讼法》第三十六条、"
            f"第一百七十三条的规定，请你单位安排值班律师为其提供法律帮助。{story.role}现{'羁押于' + story.jail if story.custody else '被取保候审'}。"
        ),
        Gap(90),
        SignOff((story.organ,), chinese(days.applied), story.organ_seal(story.organ)),
    )
    fields = stated(story, "recipient_name", "cause", "organ_name", on=days.applied, number=number)
    return Paper("duty_help_notice", title, blocks, fields, face=ORGAN_FACE)


def help_register(story: Story) -> Paper:
    style, days = story.style, story.days
    title = "值班律师提供法律帮助情况登记表"
    given = ("法律咨询", "程序选择建议", "申请变更强制措施", "对案件处理提出意见", "其他")
    chosen = "对案件处理提出意见" if story.kind is Kind.PLEA_HELP else "法律咨询"
    rows = [
        ("受帮助人", story.recipient.name), ("性别", story.recipient.sex), ("身份证号码", story.recipient.id_number), ("涉嫌罪名", story.matter.cause),
        ("办案机关", story.organ), ("诉讼阶段", story.stage_title), ("值班律师", story.lawyer.name), ("所在单位", story.firm),
    ]  # fmt: skip
    said = f"解答受帮助人关于{story.matter.cause}的定罪量刑、程序选择等问题，告知其享有的诉讼权利。"
    if story.plea:
        said += "就检察机关指控的罪名和量刑建议听取其意见，并见证其自愿签署认罪认罚具结书。"
    details = Table(
        (0.7, 3.2),
        (
            Row((head("帮助方式"), Cell(ticked(given, chosen))), 90),
            Row((head("帮助内容"), Cell(fill(said))), 260),
            Row((head("受帮助人\n意见"), Cell(fill("已听取意见，没有异议。"), signature=recipient_signs(story, None, label="受帮助人（签名）："))), 190),
            Row((head("值班律师"), Cell("", signature=lawyer_signs(story, days.meeting, label="值班律师（签名）："))), 190),
        ),
    )  # fmt: skip
    fields = stated(
        story,
        "recipient_name",
        "recipient_id_number",
        "cause",
        "organ_name",
        "lawyer_name",
        "firm_name",
        on=days.meeting,
    )
    return Paper(
        "duty_help_register", title, (*style.title(title), *form(story, rows), details), fields, form=True, size=34
    )


def help_ledger(story: Story) -> Paper:
    """The duty lawyer's running list, with other people's lines on it."""
    title = "值班律师法律帮助工作台账"
    rows = [Row(tuple(head(each) for each in ("序号", "日期", "受帮助人", "涉嫌罪名", "帮助方式", "值班律师")), 70)]
    names = ("郑某", story.recipient.name, "梁某某")
    rows += [
        Row((head(str(index)), entry(story.style.day(story.days.meeting)), entry(name), entry(story.matter.cause), entry("咨询"), entry(story.lawyer.name)), 70)
        for index, name in enumerate(names, 1)
    ]  # fmt: skip
    blocks = (
        *story.style.title(title),
        Table((0.5, 1.2, 1, 1.4, 0.8, 1), tuple(rows), 29),
        Gap(40),
        lawyer_signs(story, story.days.meeting),
    )
    return Paper("duty_help_ledger", title, blocks, {}, form=True, size=32)


def consultation_register(story: Story) -> Paper:
    style, days, who = story.style, story.days, story.recipient
    title = "法律援助咨询登记表" if style.office_word == "处" else "来访咨询登记表"
    rows = [
        ("咨询人", who.name),
        ("性别", who.sex),
        ("身份证号码", who.id_number),
        ("联系电话", who.phone),
        ("住址", who.address),
    ]
    details = Table(
        (0.7, 3.2),
        (
            Row((head("咨询事项"), Cell(fill(f"{story.matter.cause}：{story.facts(called='')[:160]}"))), 320),
            Row((head("解答内容"), Cell(fill("告知咨询人可以向人民法院提起诉讼，因其书写困难，为其代拟起诉状。"))), 200),
            Row((head("咨询人"), Cell("", signature=recipient_signs(story, days.applied, label="咨询人（签名）："))), 170),
            Row((head("接待人"), Cell("", signature=Signature("接待人（签名）：", story.staff, "staff_signature", style.day(days.applied)))), 170),
        ),
    )  # fmt: skip
    fields = stated(story, "recipient_name", "recipient_id_number", "cause", on=days.applied)
    return Paper(
        "consultation_register", title, (*style.title(title), *form(story, rows), details), fields, form=True, size=34
    )


def completion_note(story: Story) -> Paper:
    """办结登记: the short end of a file in which only a paper was drafted."""
    style, days = story.style, story.days
    title = "代拟法律文书办结登记表" if style.office_word == "中心" else "办结登记表"
    rows = [
        ("受援人", story.recipient.name), ("案由", story.matter.cause), ("承办人", story.lawyer.name), ("承办单位", story.firm),
        ("文书名称", story.proceeding.lodged), ("办结日期", style.day(days.lodged)),
    ]  # fmt: skip
    said = f"承办人与{story.recipient.name}谈话后，为其代拟{story.proceeding.lodged}一份，当面说明了提交的法院和期限，已交付本人。"
    details = Table(
        (0.7, 3.2),
        (
            Row((head("办理情况"), Cell(fill(said))), 240),
            Row((head("承办人"), Cell("", signature=lawyer_signs(story, days.accepted))), 180),
        ),
    )
    fields = stated(story, "recipient_name", "cause", "lawyer_name", "firm_name", on=days.accepted)
    return Paper(
        "closing_report", title, (*style.title(title), *form(story, rows), details), fields, form=True, size=34
    )


def delivery_receipt(story: Story) -> Paper:
    """The recipient signs for the paper that was drafted."""
    title = "文书签收单" if story.style.office_word == "处" else "代拟法律文书签收单"
    rows = (
        Row((head("文书名称"), entry(story.proceeding.lodged), head("份　　数"), entry("2份")), 96),
        Row((head("受援人"), entry(story.recipient.name), head("案　　由"), entry(story.matter.cause)), 96),
        Row((head("拟写人"), entry(f"{story.lawyer.name}（{story.firm}）"), head("交付方式"), entry("当面交付")), 96),
        Row((head("签收"), Cell("上述文书已经收到，内容无异议。", span=3, signature=recipient_signs(story, story.days.lodged, label="受援人（签名）："))), 220),
    )  # fmt: skip
    fields = stated(story, "recipient_name", "cause", "lawyer_name", on=story.days.lodged)
    blocks = (*story.style.title(title), Table((0.8, 1.5, 0.8, 1.2), rows, 32))
    return Paper("outcome_receipt", title, blocks, fields, form=True, also=("service_receipt",))
