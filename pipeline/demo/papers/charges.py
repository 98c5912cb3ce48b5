"""How a charge grows (刑事程序文书): filing, opinion to prosecute, hand-over, indictment, affidavit of plea."""

from __future__ import annotations

from datetime import timedelta

from pipeline.demo.blocks import Block, Gap, Paper, Signature, Text, Title
from pipeline.demo.papers.forms import Fields, lawyer_signs, number_line, recipient_signs, stated
from pipeline.demo.papers.organ import ORGAN_FACE, issued
from pipeline.demo.story import Story
from pipeline.demo.styles import arabic, chinese
from schemas.case import Kind, Stage


def _accused(story: Story) -> str:
    return story.other_name if story.injured else story.recipient.name


def _victim(story: Story) -> str:
    return story.recipient.name if story.injured else story.other_name


def _charged(story: Story) -> Fields:
    """What a charge states of the recipient: everything if accused, the name if injured."""
    return stated(story, "recipient_name") if story.injured else stated(story, "recipient_name", "recipient_id_number")


def prosecution_opinion(story: Story) -> Paper:
    days = story.days
    evidence = "；".join(story.told(item) for item in story.matter.evidence)
    blocks: tuple[Block, ...] = (
        Title(story.police, size=54, face=ORGAN_FACE, after=16),
        Title("起诉意见书", size=64, spaced=True, face=ORGAN_FACE),
        number_line(story.police_number),
        Gap(20),
        Text(_identity(story, "犯罪嫌疑人")),
        Text(f"犯罪嫌疑人{_accused(story)}涉嫌{story.matter.cause}一案，由被害人{_victim(story)}于{arabic(days.act)}报案至我局。我局经审查，于次日立案进行侦查。"
             f"犯罪嫌疑人{_accused(story)}到案后，案件现已侦查终结。"),
        Text("经依法侦查查明："),
        Text(story.facts(called="犯罪嫌疑人")),
        Text(f"认定上述事实的证据如下：{evidence}。"),
        Text("上述犯罪事实清楚，证据确实、充分，足以认定。"),
        Text(
            f"综上所述，犯罪嫌疑人{_accused(story)}的行为触犯了《中华人民共和国刑法》的有关规定，涉嫌{story.matter.cause}。"
            + ("犯罪嫌疑人自愿认罪认罚，建议从宽处理。" if story.plea else "")
            + "依照《中华人民共和国刑事诉讼法》第一百六十二条之规定，现将此案移送审查起诉。"
        ),
        Text("此致", indent=2),
        Text(story.procuratorate, indent=0),
        Gap(60),
        issued(story, story.police, chinese(days.opinion)),
        Gap(30),
        Text(f"附：1.本案卷宗2卷。\n　　2.{'犯罪嫌疑人现羁押于' + story.jail if story.custody else '犯罪嫌疑人现取保候审在家'}。", indent=0, size=34),
    )  # fmt: skip
    fields = _charged(story) | stated(story, "cause", on=days.opinion, number=story.police_number)
    fields["organ_name"] = story.police
    return Paper(
        "prosecution_opinion", "起诉意见书", blocks, fields, face=ORGAN_FACE, copy=True, also=("notice_attachment",)
    )


def transfer_note(story: Story) -> Paper:
    """移送审查起诉告知书, with which the investigation ends for the defender."""
    days = story.days
    number = f"{story.style.short[-1]}公（刑）移诉告字〔{days.outcome.year}〕{story.organ_running + 33:05d}号"
    blocks: tuple[Block, ...] = (
        Title(story.police, size=54, face=ORGAN_FACE, after=16),
        Title("移送审查起诉告知书", size=60, face=ORGAN_FACE),
        number_line(number),
        Text(f"{story.firm}{story.lawyer.name}律师：", indent=0),
        Text(
            f"我局侦查的犯罪嫌疑人{story.recipient.name}涉嫌{story.matter.cause}一案，已经侦查终结，于{arabic(days.outcome)}移送{story.procuratorate}审查起诉。"
            "根据《中华人民共和国刑事诉讼法》第一百六十二条之规定，特此告知。"
        ),
        Gap(90),
        issued(story, story.police, chinese(days.outcome)),
    )
    fields = stated(story, "recipient_name", "cause", "lawyer_name", "firm_name", on=days.outcome, number=number)
    fields["organ_name"] = story.police
    return Paper("non_prosecution_decision", "移送审查起诉告知书", blocks, fields, face=ORGAN_FACE)


def indictment(story: Story) -> Paper:
    days = story.days
    evidence = "；".join(f"{index}.{story.told(item)}" for index, item in enumerate(story.matter.evidence, 1))
    blocks: tuple[Block, ...] = (
        Title(story.procuratorate, size=62, face=ORGAN_FACE, after=20),
        Title("起诉书", size=72, spaced=True, face=ORGAN_FACE),
        number_line(story.indictment_number),
        Gap(30),
        Text(_identity(story, "被告人")),
        Text(
            f"本案由{story.police}侦查终结，以被告人{_accused(story)}涉嫌{story.matter.cause}，于{arabic(days.opinion)}向本院移送审查起诉。"
            "本院受理后，于三日内已告知被告人有权委托辩护人和认罪认罚可能导致的法律后果，依法讯问了被告人，听取了辩护人、被害人的意见，审查了全部案件材料。"
        ),
        Text("经依法审查查明："),
        Text(story.facts(called="被告人")),
        Text("认定上述事实的证据如下："),
        Text(evidence + "。"),
        Text("上述证据收集程序合法，内容客观真实，足以认定指控事实。"
             + (f"被告人{_accused(story)}对指控的犯罪事实和证据没有异议，并自愿认罪认罚。" if story.plea else "")),
        Text(
            f"本院认为，被告人{_accused(story)}的行为触犯了{story.matter.law}的规定，犯罪事实清楚，证据确实、充分，应当以{story.matter.cause}追究其刑事责任。"
            "根据《中华人民共和国刑事诉讼法》第一百七十六条的规定，提起公诉，请依法判处。"
        ),
        Text("此致"),
        Text(story.court, indent=0),
        Gap(50),
        issued(story, story.procuratorate, chinese(days.indictment), above=(f"检察官　{story.prosecutor}",)),
        Gap(30),
        Text(f"附件：1.被告人{'现羁押于' + story.jail if story.custody else '现取保候审'}。\n　　　2.案卷材料和证据2册。", indent=0, size=34),
    )  # fmt: skip
    fields = _charged(story) | stated(story, "cause", on=days.indictment, number=story.indictment_number)
    fields["organ_name"] = story.procuratorate
    return Paper(
        "indictment", "起诉书", blocks, fields, face=ORGAN_FACE, foot="number", copy=story.stage is not Stage.PROSECUTION,
        also=("notice_attachment",) if story.stage is not Stage.PROSECUTION else (),
    )  # fmt: skip


def plea_affidavit(story: Story) -> Paper:
    """Signed before the indictment: with this lawyer's help only if the case came to them before it."""
    day, helper = story.days.indictment - timedelta(days=6), "值班律师"
    witness = Signature("值班律师（签名）：", story.colleague, "", story.style.day(day))
    if story.kind is Kind.PLEA_HELP:
        day = story.days.meeting
        witness = lawyer_signs(story, day, label="值班律师（签名）：")
    elif story.stage is Stage.PROSECUTION:
        day, helper = story.days.advocacy + timedelta(days=2), "辩护人"
        witness = lawyer_signs(story, day, label="辩护人（签名）：")
    blocks: tuple[Block, ...] = (
        Title("认罪认罚具结书", size=62, face=ORGAN_FACE),
        Text("一、犯罪嫌疑人身份信息", bold=True),
        Text(f"本人姓名{story.recipient.name}，性别{story.recipient.sex}，公民身份号码{story.recipient.id_number}，住址{story.recipient.address}。"),
        Text("二、权利知悉", bold=True),
        Text("本人已阅读《认罪认罚从宽制度告知书》，且理解并接受其全部内容，本人自愿适用认罪认罚从宽制度。"),
        Text("三、认罪认罚内容", bold=True),
        Text(f"本人知悉并认可如下内容：1.{story.procuratorate}指控本人的犯罪事实，构成{story.matter.cause}。2.检察机关提出的量刑建议。3.本案适用简易程序。"),
        Text("四、自愿签署声明", bold=True),
        Text("本人就第三项的内容已经听取辩护人的法律意见，知悉认罪认罚可能导致的法律后果，本具结书是在知情和自愿的情况下签署，未受任何暴力、威胁或者其他形式的非法影响。"),
        Gap(30),
        recipient_signs(story, day, label="犯罪嫌疑人（签名）："),
        Text(f"本人是犯罪嫌疑人的{helper}，证明其系自愿签署了上述具结书。"),
        witness,
    )  # fmt: skip
    fields = stated(story, "recipient_name", "recipient_id_number", "cause", on=day)
    return Paper("plea_affidavit", "认罪认罚具结书", blocks, fields, face=ORGAN_FACE, form=True, size=36)


def _identity(story: Story, called: str) -> str:
    who = story.other if story.injured else story.recipient
    custody = (
        f"因涉嫌{story.matter.cause}于{arabic(story.days.measure)}被{story.police}刑事拘留，后经批准逮捕，现羁押于{story.jail}。"
        if story.custody
        else f"因涉嫌{story.matter.cause}于{arabic(story.days.measure)}被{story.police}取保候审。"
    )
    return (
        f"{called}{who.name}，{who.sex}，{arabic(who.born)}出生，公民身份号码{who.id_number}，汉族，{who.schooling}文化，"
        f"{who.work}，户籍地{who.address}。{custody}"
    )


def filing_notice(story: Story) -> Paper:
    """立案告知书: what a victim has in hand when applying."""
    day = story.days.act + timedelta(days=2)
    number = f"{story.style.short[-1]}公（刑）立告字〔{day.year}〕{story.organ_running + 7:05d}号"
    blocks: tuple[Block, ...] = (
        Title(story.police, size=50, face=ORGAN_FACE, after=16),
        Title("立案告知书", size=60, spaced=True, face=ORGAN_FACE),
        number_line(number),
        Gap(30),
        Text(f"{story.recipient.name}：", indent=0),
        Text(f"你于{arabic(story.days.act)}报案的{story.other_name}涉嫌{story.matter.cause}一案，我局认为符合刑事案件立案条件，现已立案侦查。特此告知。"),
        Gap(90),
        issued(story, story.police, chinese(day)),
    )  # fmt: skip
    fields = stated(story, "recipient_name", "cause", on=day, number=number) | {"organ_name": story.police}
    return Paper(
        "case_basis",
        "立案告知书",
        blocks,
        fields,
        face=ORGAN_FACE,
        copy=True,
        also=("notice_attachment", "case_acceptance_notice"),
    )


def guardian_notice(story: Story) -> Paper:
    """With this a parent is called to a minor's questioning or hearing."""
    day = story.days.hearing if story.heard else story.days.meeting
    title = "法定代理人到场通知书" if story.heard else "合适成年人到场通知书"
    blocks: tuple[Block, ...] = (
        Title(story.organ, size=52, face=ORGAN_FACE, after=16),
        Title(title, size=60, face=ORGAN_FACE),
        Gap(20),
        Text(f"{story.recipient.name[0]}某（系{story.recipient.name}的父亲）：", indent=0),
        Text(
            f"{story.role}{story.recipient.name}涉嫌{story.matter.cause}一案，{story.role}系未成年人。根据《中华人民共和国刑事诉讼法》第二百八十一条的规定，"
            f"请你于{arabic(day)}到场。"
        ),
        Gap(90),
        issued(story, story.organ, chinese(day - timedelta(days=3))),
    )
    fields = stated(story, "recipient_name", "cause", "organ_name", on=day - timedelta(days=3))
    return Paper("minor_safeguard", title, blocks, fields, face=ORGAN_FACE)
