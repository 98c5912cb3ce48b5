"""Papers of police, procuratorate, court and tribunal."""

from __future__ import annotations

from datetime import timedelta

from pipeline.demo.blocks import Block, Cell, Gap, Paper, Row, Signature, SignOff, Table, Text, Title
from pipeline.demo.papers.forms import Fields, entry, head, lawyer_signs, number_line, recipient_signs, stated
from pipeline.demo.story import Story
from pipeline.demo.styles import arabic, chinese
from schemas.case import Kind, Stage

ORGAN_FACE = "serif"


def _issued(story: Story, organ: str, on: str, *, above: tuple[str, ...] = ()) -> SignOff:
    return SignOff((*above, organ), on, story.organ_seal(organ))


def _identity(story: Story, called: str) -> str:
    who = story.recipient
    custody = (
        f"因涉嫌{story.matter.cause}于{arabic(story.days.measure)}被{story.police}刑事拘留，后经批准逮捕，现羁押于{story.jail}。"
        if story.custody
        else f"因涉嫌{story.matter.cause}于{arabic(story.days.measure)}被{story.police}取保候审。"
    )
    return (
        f"{called}{who.name}，{who.sex}，{arabic(who.born)}出生，公民身份号码{who.id_number}，汉族，{who.schooling}文化，"
        f"{who.work}，户籍地{who.address}。{custody}"
    )


def defence_notice(story: Story) -> Paper:
    """通知辩护公函, which begins a notified case."""
    days, organ = story.days, story.organ
    title = "提供法律援助通知书" if story.style.office_word == "中心" else "通知辩护公函"
    number = {
        Stage.INVESTIGATION: f"{story.style.short[-1]}公（刑）援通字〔{story.year}〕{story.organ_running:05d}号",
        Stage.PROSECUTION: f"{story.style.short[-1]}检援通〔{story.year}〕{story.organ_running}号",
    }.get(story.stage or Stage.TRIAL_FIRST, f"（{story.year}）粤{story.style.court_code}刑初{story.organ_running}号")
    held = f"羁押于{story.jail}" if story.custody else "被取保候审"
    blocks: tuple[Block, ...] = (
        Title(organ, size=54, face=ORGAN_FACE, after=16),
        Title(title, size=60, face=ORGAN_FACE),
        number_line(number),
        Gap(20),
        Text(f"{story.style.office}：", indent=0),
        Text(
            f"本单位办理的{story.role}{story.recipient.name}涉嫌{story.matter.cause}一案，因{story.role}没有委托辩护人，"
            "依照《中华人民共和国刑事诉讼法》第三十五条和《中华人民共和国法律援助法》第二十五条的规定，请你单位依法指派律师为其提供辩护。"
        ),
        Text(
            f"{story.role}{story.recipient.name}，{story.recipient.sex}，身份证号码{story.recipient.id_number}，现{held}。"
        ),
        Text(f"联系人：{story.judge}　　联系电话：0000-{story.organ_running:07d}"),
        Gap(70),
        _issued(story, organ, chinese(days.applied)),
        Gap(30),
        Text("附：有关法律文书一份", indent=0, size=34),
    )
    fields = stated(
        story, "recipient_name", "recipient_id_number", "cause", "organ_name", on=days.applied, number=number
    )
    return Paper("defence_notice", title, blocks, fields, face=ORGAN_FACE)


def coercive_measure(story: Story) -> Paper:
    days = story.days
    if story.custody:
        title = "拘留通知书"
        body: tuple[str, ...] = (
            f"{story.recipient.name}家属：",
            f"根据《中华人民共和国刑事诉讼法》第八十二条之规定，我局已于{arabic(days.measure)}将涉嫌{story.matter.cause}的{story.recipient.name}刑事拘留，现羁押在{story.jail}。",
            f"注：看守所地址：{story.style.city}建设路{story.running}号。",
        )
    else:
        title = "取保候审决定书"
        body = (
            f"犯罪嫌疑人{story.recipient.name}，性别{story.recipient.sex}，出生日期{arabic(story.recipient.born)}，住址{story.recipient.address}。",
            f"我局正在侦查{story.recipient.name}涉嫌{story.matter.cause}一案，因采取取保候审不致发生社会危险性，根据《中华人民共和国刑事诉讼法》第六十七条之规定，决定对其取保候审，期限从{arabic(days.measure)}起算。犯罪嫌疑人应当遵守刑事诉讼法第七十一条的规定。",
        )
    word = "拘通" if story.custody else "取保"
    number = f"{story.style.short[-1]}公（刑）{word}字〔{days.measure.year}〕{story.organ_running + 17:05d}号"
    blocks: tuple[Block, ...] = (
        Title(story.police, size=50, face=ORGAN_FACE, after=16),
        Title(title, size=60, spaced=True, face=ORGAN_FACE),
        number_line(number),
        Gap(30),
        Text(body[0], indent=0 if story.custody else 2),
        *(Text(part) for part in body[1:]),
        Gap(90),
        _issued(story, story.police, chinese(days.measure)),
    )
    fields = stated(story, "recipient_name", "cause", on=days.measure, number=number) | {"organ_name": story.police}
    return Paper(
        "coercive_measure", title, blocks, fields, face=ORGAN_FACE, copy=True, also=("case_basis", "notice_attachment")
    )


def prosecution_opinion(story: Story) -> Paper:
    days = story.days
    evidence = "；".join(story.told(item) for item in story.matter.evidence)
    blocks: tuple[Block, ...] = (
        Title(story.police, size=54, face=ORGAN_FACE, after=16),
        Title("起诉意见书", size=64, spaced=True, face=ORGAN_FACE),
        number_line(story.police_number),
        Gap(20),
        Text(_identity(story, "犯罪嫌疑人")),
        Text(f"犯罪嫌疑人{story.recipient.name}涉嫌{story.matter.cause}一案，由被害人{story.other_name}于{arabic(days.act)}报案至我局。我局经审查，于次日立案进行侦查。"
             f"犯罪嫌疑人{story.recipient.name}到案后，案件现已侦查终结。"),
        Text("经依法侦查查明："),
        Text(story.facts(called="犯罪嫌疑人")),
        Text(f"认定上述事实的证据如下：{evidence}。"),
        Text("上述犯罪事实清楚，证据确实、充分，足以认定。"),
        Text(
            f"综上所述，犯罪嫌疑人{story.recipient.name}的行为触犯了《中华人民共和国刑法》的有关规定，涉嫌{story.matter.cause}。"
            + ("犯罪嫌疑人自愿认罪认罚，建议从宽处理。" if story.plea else "")
            + "依照《中华人民共和国刑事诉讼法》第一百六十二条之规定，现将此案移送审查起诉。"
        ),
        Text("此致", indent=2),
        Text(story.procuratorate, indent=0),
        Gap(60),
        _issued(story, story.police, chinese(days.opinion)),
        Gap(30),
        Text(f"附：1.本案卷宗2卷。\n　　2.{'犯罪嫌疑人现羁押于' + story.jail if story.custody else '犯罪嫌疑人现取保候审在家'}。", indent=0, size=34),
    )  # fmt: skip
    fields = stated(
        story, "recipient_name", "recipient_id_number", "cause", on=days.opinion, number=story.police_number
    )
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
        _issued(story, story.police, chinese(days.outcome)),
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
            f"本案由{story.police}侦查终结，以被告人{story.recipient.name}涉嫌{story.matter.cause}，于{arabic(days.opinion)}向本院移送审查起诉。"
            "本院受理后，于三日内已告知被告人有权委托辩护人和认罪认罚可能导致的法律后果，依法讯问了被告人，听取了辩护人、被害人的意见，审查了全部案件材料。"
        ),
        Text("经依法审查查明："),
        Text(story.facts(called="被告人")),
        Text("认定上述事实的证据如下："),
        Text(evidence + "。"),
        Text("上述证据收集程序合法，内容客观真实，足以认定指控事实。"
             + (f"被告人{story.recipient.name}对指控的犯罪事实和证据没有异议，并自愿认罪认罚。" if story.plea else "")),
        Text(
            f"本院认为，被告人{story.recipient.name}的行为触犯了{story.matter.law}的规定，犯罪事实清楚，证据确实、充分，应当以{story.matter.cause}追究其刑事责任。"
            "根据《中华人民共和国刑事诉讼法》第一百七十六条的规定，提起公诉，请依法判处。"
        ),
        Text("此致"),
        Text(story.court, indent=0),
        Gap(50),
        _issued(story, story.procuratorate, chinese(days.indictment), above=(f"检察官　{story.prosecutor}",)),
        Gap(30),
        Text(f"附件：1.被告人{'现羁押于' + story.jail if story.custody else '现取保候审'}。\n　　　2.案卷材料和证据2册。", indent=0, size=34),
    )  # fmt: skip
    fields = stated(
        story, "recipient_name", "recipient_id_number", "cause", on=days.indictment, number=story.indictment_number
    )
    fields["organ_name"] = story.procuratorate
    return Paper(
        "indictment", "起诉书", blocks, fields, face=ORGAN_FACE, foot="number", copy=story.stage is Stage.TRIAL_FIRST,
        also=("notice_attachment",) if story.stage is Stage.TRIAL_FIRST else (),
    )  # fmt: skip


def case_acceptance_notice(story: Story) -> Paper:
    days, organ = story.days, story.organ
    title = "受理通知书" if story.labour else "受理案件通知书"
    number = story.organ_case_number or ""
    blocks: tuple[Block, ...] = (
        Title(organ, size=56, face=ORGAN_FACE, after=16),
        Title(title, size=62, face=ORGAN_FACE),
        number_line(number),
        Gap(20),
        Text(f"{story.recipient.name}：", indent=0),
        Text(
            f"你与{story.other_name}{story.matter.cause}一案的{'仲裁申请书' if story.labour else '起诉状'}已收到。经审查，符合法定受理条件，本{'委' if story.labour else '院'}决定立案受理。"
            "现将有关事项通知如下："
        ),
        Text("一、当事人必须依法行使权利，履行义务，遵守庭审秩序。"),
        Text("二、应当在举证期限内向本案承办人员提交证据材料，逾期提交的，应当说明理由。"),
        Text("三、需要委托代理人的，应当提交由委托人签名或者盖章的授权委托书。"),
        Text(f"四、根据法律援助机构出具的公函，{'本案不收取仲裁费用' if story.labour else '准予缓交案件受理费'}。"),
        Gap(70),
        _issued(story, organ, chinese(days.accepted)),
    )
    fields = stated(
        story, "recipient_name", "cause", "organ_name", "organ_case_number", on=days.accepted, number=number
    )
    return Paper("case_acceptance_notice", title, blocks, fields, face=ORGAN_FACE)


def hearing_notice(story: Story) -> Paper:
    """传票 (a table) in some offices' civil cases, 出庭通知书 or 开庭通知书 (a letter) otherwise."""
    fields = stated(story, "recipient_name", "organ_name", "organ_case_number", "cause", on=story.days.summons)
    fields |= {"number": story.organ_case_number, "hearing_date": story.days.hearing.isoformat()}
    if story.kind is Kind.CIVIL and story.style.forms == "table":
        return _summons(story, fields)
    return _invitation(story, fields | {"lawyer_name": story.lawyer.name})


def _hour(story: Story) -> str:
    return f"{arabic(story.days.hearing)}{'上午9时30分' if story.running % 2 else '下午15时00分'}"


def _room(story: Story) -> str:
    return f"{story.organ}第{1 + story.running % 5}{'仲裁庭' if story.labour else '审判庭'}"


def _summons(story: Story, fields: Fields) -> Paper:
    rows = (
        ("案　　号", story.organ_case_number or ""), ("案　　由", story.matter.cause),
        ("被传唤人", f"{story.recipient.name}（代理人{story.lawyer.name}）"), ("传唤事由", "开庭"),
        ("应到时间", _hour(story)), ("应到处所", _room(story)),
    )  # fmt: skip
    note = "注意事项：1.被传唤人必须准时到达应到处所。2.本传票由被传唤人携带来院报到。3.收到传票后，应当在送达回证上签名或者盖章。"
    blocks: tuple[Block, ...] = (
        Title(story.organ, size=58, face=ORGAN_FACE, after=18),
        Title("传票", size=70, spaced=True, face=ORGAN_FACE),
        Table((0.9, 2.6), tuple(Row((head(label), Cell(value)), 100) for label, value in rows), 38),
        Gap(20),
        Text(note, size=32),
        Gap(50),
        _issued(story, story.organ, chinese(story.days.summons), above=(f"书记员　{story.clerk}",)),
    )
    return Paper("hearing_notice", "传票", blocks, fields, face=ORGAN_FACE)


def _invitation(story: Story, fields: Fields) -> Paper:
    title = "开庭通知书" if story.labour else "出庭通知书"
    blocks: tuple[Block, ...] = (
        Title(story.organ, size=58, face=ORGAN_FACE, after=18),
        Title(title, size=64, spaced=True, face=ORGAN_FACE),
        number_line(story.organ_case_number or ""),
        Gap(30),
        Text(f"{story.lawyer.name}律师：", indent=0),
        Text(
            f"本{'委' if story.labour else '院'}受理的{story.role}{story.recipient.name}{'' if story.criminal else '与' + story.other_name}{story.matter.cause}一案，"
            f"定于{_hour(story)}在{_room(story)}公开开庭审理。你作为{story.role}{story.recipient.name}的{story.capacity}，请准时出庭。"
        ),
        Text("特此通知。"),
        Gap(90),
        _issued(story, story.organ, chinese(story.days.summons)),
    )
    return Paper("hearing_notice", title, blocks, fields, face=ORGAN_FACE)


def outcome_receipt(story: Story) -> Paper:
    days = story.days
    kind = "仲裁裁决书" if story.labour else "刑事判决书" if story.criminal else "民事判决书"
    rows = (
        Row((head("案　　号"), Cell(story.organ_case_number or ""), head("案　　由"), Cell(story.matter.cause)), 96),
        Row((head("文书名称"), Cell(kind), head("份　　数"), Cell("1份")), 96),
        Row((head("受送达人"), entry(f"{story.lawyer.name}（{story.firm}）"), head("送达人"), entry(story.clerk)), 110),
        Row(
            (
                head("签收日期"),
                entry(arabic(days.received)),
                head("签收人"),
                Cell("", signature=lawyer_signs(story, label="签名：")),
            ),
            120,
        ),
    )
    blocks: tuple[Block, ...] = (
        Title(story.organ, size=54, face=ORGAN_FACE, after=18),
        Title("文书签收单" if story.labour else "裁判文书签收单", size=58, face=ORGAN_FACE),
        Table((0.8, 1.6, 0.8, 1.3), rows, 33),
    )
    fields = stated(story, "cause", "organ_case_number", "lawyer_name", "firm_name", "organ_name", on=days.received)
    title = "文书签收单" if story.labour else "裁判文书签收单"
    return Paper("outcome_receipt", title, blocks, fields, face=ORGAN_FACE, form=True)


def plea_affidavit(story: Story) -> Paper:
    """Signed before the indictment: with this lawyer's help only if the case came to them before it."""
    day, helper = story.days.indictment - timedelta(days=6), "值班律师"
    witness = Signature("值班律师（签名）：", story.colleague, "", story.style.day(day))
    if story.stage is Stage.PROSECUTION:
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
