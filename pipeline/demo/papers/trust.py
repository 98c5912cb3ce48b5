"""Papers by which the recipient takes the lawyer: agreement, power of attorney, consent, rights notice."""

from __future__ import annotations

from pipeline.demo.blocks import Gap, Paper, SignOff, Text, fill
from pipeline.demo.papers.forms import lawyer_signs, number_line, recipient_signs, stated, ticked
from pipeline.demo.papers.office import AID_FORMS, aid_form
from pipeline.demo.story import Story

CLAUSES = (
    "甲方应当向乙方如实陈述案件事实，及时、全面地提供与案件有关的证据材料和证据线索。甲方隐瞒事实、提供虚假证据的，乙方报经法律援助机构同意后可以终止本协议。",
    "乙方接受法律援助机构的指派，安排承办人{lawyer}为甲方提供法律援助。乙方及承办人不得向甲方收取任何财物，不得牟取其他不正当利益。",
    "承办人应当依法勤勉尽责，及时会见（约见）甲方，了解案情，收集有关证据，按时出庭，依法维护甲方的合法权益，并及时向甲方通报案件办理情况。",
    "承办人需要与对方当事人达成和解、调解，变更或者放弃诉讼（仲裁）请求的，应当事先征得甲方的书面同意。",
    "甲方有权了解为其提供法律援助的进展情况；有证据证明承办人不依法履行义务的，可以请求法律援助机构更换承办人。",
    "甲方的经济状况发生变化，不再符合法律援助条件的，应当及时告知乙方和法律援助机构。",
    "有《中华人民共和国法律援助法》第四十八条规定情形之一，法律援助机构作出终止法律援助决定的，本协议自行终止。",
    "承办人因故不能继续履行职责的，乙方应当及时报告法律援助机构，由法律援助机构另行指派，并与甲方重新签订协议。",
    "本协议未尽事宜，由双方根据有关法律、法规的规定协商确定。因履行本协议发生争议的，可以请求法律援助机构协调处理。",
    "本协议自双方签名、盖章之日起生效，至本协议约定的办案阶段终结时终止。本协议一式三份，甲、乙双方各执一份，报法律援助机构备案一份。",
)


def representation_agreement(story: Story) -> Paper:
    style, days, who = story.style, story.days, story.recipient
    title = {
        "plain": "法律援助委托协议",
        "spaced": "委托协议",
        "office_above": "委托代理/辩护协议",
        "stage_inside": "法律援助协议",
    }[style.titles]
    parties = (
        ("甲方（受援人）", who.name), ("身份证号码", who.id_number), ("住所地", who.address), ("联系电话", who.phone),
        ("乙方（承办单位）", story.firm), ("住所地", f"广东省{style.city}人民大道{story.running}号"), ("承办人", story.lawyer.name),
        ("法律援助机构", style.office),
    )  # fmt: skip
    lines = tuple(Text(f"{style.label(label)}：{fill(value)}", indent=0) for label, value in parties)
    opening = Text(
        f"甲方因{fill(story.matter.cause)}一案，经{style.office}审查决定给予法律援助。甲、乙双方根据《中华人民共和国法律援助法》等有关规定，经协商一致，"
        f"就{fill(story.stage_title)}的法律援助事宜订立如下协议，共同遵守："
    )
    shapes = Text(f"援助形式：{ticked(AID_FORMS, aid_form(story))}", indent=2)
    numerals = "一二三四五六七八九十"
    clauses = tuple(
        Text(f"第{numerals[index]}条　{clause.format(lawyer=fill(story.lawyer.name))}")
        for index, clause in enumerate(CLAUSES)
    )
    ends = (
        Gap(60),
        recipient_signs(story, None, label="甲方（签名）：", align="left"),
        Gap(40),
        SignOff((f"乙方（盖章）：{story.firm}",), style.day(days.signed), story.firm_seal()),
    )
    fields = stated(story, "recipient_name", "recipient_id_number", "firm_name", "lawyer_name", "cause", on=days.signed)
    blocks = (*style.title(title), *lines, Gap(20), opening, shapes, *clauses, *ends)
    return Paper("representation_agreement", title, blocks, fields, form=True, size=37, foot=style.foot)


def _stage_end(story: Story) -> str:
    if story.stage is None:
        return "本案劳动争议仲裁程序终结" if story.labour else f"本案{story.stage_title}程序终结"
    return f"{story.stage_title}结束"


POWERS = {
    True: "依法会见、通信，查阅、摘抄、复制案卷材料，调查收集证据，提出辩护意见，代为申请变更强制措施，代理申诉、控告，出庭辩护等。",
    False: "一般代理。代为起诉（申请）、应诉，提供证据，参加庭审、质证和辩论，代为签收法律文书等。",
}


def power_of_attorney(story: Story) -> Paper:
    style, days, who = story.style, story.days, story.recipient
    title = "授权委托书"
    rows = [
        ("委托人", who.name), ("身份证号码", who.id_number), ("受委托人", f"{story.lawyer.name}，{story.firm}律师"),
        ("执业证号", story.licence), ("联系电话", story.lawyer.phone),
    ]  # fmt: skip
    subject = f"{story.role}{who.name}" if story.class_ == "刑" else f"委托人与{story.other_name}"
    ends = (
        Text(
            f"委托人因{fill(subject)}{fill(story.matter.cause)}一案，经{style.office}指派，现委托上述受委托人担任{fill(story.stage_title)}的{story.capacity}。"
        ),
        Text(f"委托权限：{POWERS[story.criminal]}"),
        Text(f"本委托书有效期自即日起至{fill(_stage_end(story))}止。"),
        Gap(80),
        recipient_signs(story, days.signed, label="委托人（签名）：", fingerprint=True),
    )
    fields = stated(
        story, "recipient_name", "recipient_id_number", "lawyer_name", "firm_name", "cause",
        on=days.signed, stage=None if story.stage is None else str(story.stage),
    )  # fmt: skip
    lines = tuple(Text(f"{style.label(label)}：{fill(value)}", indent=0) for label, value in rows)
    return Paper("power_of_attorney", title, (*style.title(title), *lines, Gap(20), *ends), fields, form=True)


def acceptance_confirmation(story: Story) -> Paper:
    style, days = story.style, story.days
    title = f"{story.role}接受法律援助确认书"
    choice = "☑同意接受法律援助机构指派的律师为本人提供辩护。\n□不同意接受，理由：　　　　　　　　　　　　"
    blocks = (
        *style.title(title),
        Text(f"{fill(style.office)}：", indent=0),
        Text(
            f"本人{fill(story.recipient.name)}，因涉嫌{fill(story.matter.cause)}一案，现处于{fill(story.stage_title)}。"
            f"{style.office}已指派{fill(story.firm)}{fill(story.lawyer.name)}律师为本人提供法律援助，律师已向本人说明了接受或者拒绝法律援助的权利及法律后果。本人的意见是："
        ),
        *(Text(line) for line in choice.split("\n")),
        Gap(80),
        recipient_signs(story, days.meeting, label=f"{story.role}（签名）：", fingerprint=True),
    )
    fields = stated(story, "recipient_name", "cause", "lawyer_name", "firm_name", on=days.meeting)
    return Paper("acceptance_confirmation", title, blocks, fields, form=True)


RIGHTS = (
    "了解法律援助的进展情况，有权向承办人询问案件办理情况；",
    "有事实证明承办人不依法履行职责的，可以要求法律援助机构更换承办人；",
    "对法律援助机构不予法律援助、终止法律援助的决定有异议的，可以向设立该法律援助机构的司法行政部门提出；",
    "法律援助是无偿的，承办人及其所在单位不得以任何名义收取财物，受援人有权拒绝并向法律援助机构投诉；",
    "对承办人的服务质量进行评价，提出意见和建议，要求对其个人隐私和商业秘密予以保密；",
    "依法享有申请回避、提供证据、进行辩论、请求调解、提起上诉、申请执行等权利。",
)
DUTIES = (
    "如实陈述与法律援助事项有关的情况，及时提供证据材料，不得隐瞒或者伪造；",
    "协助、配合承办人开展工作，按时参加会见、约见、庭审等活动；",
    "经济状况、案件情况、联系方式发生变化的，应当及时告知承办人和法律援助机构；",
    "不得利用法律援助从事违法活动，不得要求承办人提出没有事实和法律依据的请求；",
    "遵守法庭、仲裁庭和监管场所的纪律，尊重承办人依法独立办理案件。",
)
RISKS = (
    "因证据不足、证据超过举证期限或者证据形式不合法，可能承担不利的法律后果；",
    "诉讼（仲裁）请求不适当或者超过时效的，可能得不到支持，并可能承担相应费用；",
    "对方当事人没有履行能力的，生效法律文书可能不能得到全部执行；",
    "受援人不如实陈述或者不按时到庭，可能被按撤诉处理或者缺席裁判；",
    "办案机关依照法律独立作出处理决定，承办人不对案件结果作出任何承诺。",
)


def rights_notice(story: Story) -> Paper:
    """A dense page of small print that the recipient signs."""
    style, days = story.style, story.days
    title = "受援人权利义务及风险告知书" if style.office_word == "中心" else "受援人权利义务告知书"
    parts: list[Text] = []
    for name, items in (
        ("一、受援人享有下列权利", RIGHTS),
        ("二、受援人承担下列义务", DUTIES),
        ("三、风险提示", RISKS),
    ):
        parts.append(Text(name, bold=True))
        parts += [Text(f"{index}.{item}") for index, item in enumerate(items, 1)]
    read = "☑本人已阅读并理解上述内容　　□承办人员已向本人宣读上述内容"
    blocks = (
        *style.title(title),
        Text(f"{fill(story.recipient.name)}：", indent=0),
        Text(f"你因{fill(story.matter.cause)}一案获得法律援助。根据《中华人民共和国法律援助法》等规定，现将有关权利、义务和风险告知如下："),
        *parts,
        Text(read),
        Gap(20),
        recipient_signs(story, days.signed),
        lawyer_signs(story, None, label="告知人（签名）："),
    )  # fmt: skip
    fields = stated(story, "recipient_name", "cause", on=days.signed)
    return Paper("rights_notice", title, blocks, fields, form=True, size=32, leading=1.55)


def firm_letter(story: Story) -> Paper:
    """The firm's letter of introduction to the detention house (会见介绍信)."""
    style, days = story.style, story.days
    title = "律师会见在押人员专用介绍信"
    number = f"（{story.year}）{story.firm[2:4]}函字第{story.running}号"
    blocks = (
        *(style.title(title)[-1:]),
        number_line(number),
        Text(f"{story.jail}：", indent=0),
        Text(
            f"现介绍本所{story.lawyer.name}律师前往你所会见{story.role}{story.recipient.name}（涉嫌{story.matter.cause}），"
            "该案系法律援助案件，请予安排。"
        ),
        Text("特此函告。"),
        Gap(80),
        SignOff((story.firm,), style.official_day(days.signed), story.firm_seal()),
    )
    fields = stated(story, "recipient_name", "lawyer_name", "firm_name", "cause", on=days.signed, number=number)
    return Paper("firm_letter", title, blocks, fields)


def fee_receipt(story: Story) -> Paper:
    """A firm's receipt for a fee: what must never be in a legal-aid file."""
    title = "收款收据"
    blocks = (
        *story.style.title(title)[-1:],
        number_line(f"No.{story.organ_running:07d}"),
        Gap(30),
        Text(f"今收到{fill(story.recipient.name)}交来律师费人民币{fill('3000')}元整。"),
        Text(f"收款事由：{fill(story.matter.cause)}一案代理费"),
        Gap(60),
        SignOff((f"收款单位：{story.firm}",), story.style.day(story.days.signed), story.firm_seal()),
    )
    return Paper("other", title, blocks, {}, form=True)
