"""Papers of police, procuratorate, court and tribunal."""

from __future__ import annotations

from datetime import timedelta

from pipeline.demo.blocks import Block, Cell, Gap, Paper, Row, SignOff, Table, Text, Title
from pipeline.demo.papers.forms import Fields, entry, head, lawyer_signs, number_line, stated
from pipeline.demo.story import Story
from pipeline.demo.styles import arabic, chinese
from schemas.case import Kind, Stage

ORGAN_FACE = "serif"


def issued(story: Story, organ: str, on: str, *, above: tuple[str, ...] = ()) -> SignOff:
    return SignOff((*above, organ), on, story.organ_seal(organ))


def defence_notice(story: Story) -> Paper:
    """通知辩护公函, which begins a notified case."""
    days, organ = story.days, story.organ
    title = "提供法律援助通知书" if story.style.office_word == "中心" else "通知辩护公函"
    number = {
        Stage.INVESTIGATION: f"{story.style.short[-1]}公（刑）援通字〔{story.year}〕{story.organ_running:05d}号",
        Stage.PROSECUTION: f"{story.style.short[-1]}检援通〔{story.year}〕{story.organ_running}号",
    }.get(story.stage or Stage.TRIAL_FIRST, story.organ_case_number or "")
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
        issued(story, organ, chinese(days.applied)),
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
        issued(story, story.police, chinese(days.measure)),
    )
    fields = stated(story, "recipient_name", "cause", on=days.measure, number=number) | {"organ_name": story.police}
    return Paper(
        "coercive_measure", title, blocks, fields, face=ORGAN_FACE, copy=True, also=("case_basis", "notice_attachment")
    )


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
            f"你与{story.other_name}{story.matter.cause}一案的{story.proceeding.lodged}已收到。经审查，符合法定受理条件，{story.here}决定立案受理。"
            "现将有关事项通知如下："
        ),
        Text("一、当事人必须依法行使权利，履行义务，遵守庭审秩序。"),
        Text("二、应当在举证期限内向本案承办人员提交证据材料，逾期提交的，应当说明理由。"),
        Text("三、需要委托代理人的，应当提交由委托人签名或者盖章的授权委托书。"),
        Text(f"四、根据法律援助机构出具的公函，{'准予缓交案件受理费' if story.here == '本院' else '本案不收取费用'}。"),
        Gap(70),
        issued(story, organ, chinese(days.accepted)),
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
        issued(story, story.organ, chinese(story.days.summons), above=(f"书记员　{story.clerk}",)),
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
            f"{story.here}受理的{story.role}{story.recipient.name}{'' if story.class_ == '刑' else '与' + story.other_name}{story.matter.cause}一案，"
            f"定于{_hour(story)}在{_room(story)}{story.openly}开庭审理。你作为{story.role}{story.recipient.name}的{story.capacity}，请准时出庭。"
        ),
        Text("特此通知。"),
        Gap(90),
        issued(story, story.organ, chinese(story.days.summons)),
    )
    return Paper("hearing_notice", title, blocks, fields, face=ORGAN_FACE)


def outcome_receipt(story: Story) -> Paper:
    days = story.days
    kind = story.proceeding.ending
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
        Title("裁判文书签收单" if story.here == "本院" else "文书签收单", size=58, face=ORGAN_FACE),
        Table((0.8, 1.6, 0.8, 1.3), rows, 33),
    )
    fields = stated(story, "cause", "organ_case_number", "lawyer_name", "firm_name", "organ_name", on=days.received)
    title = "裁判文书签收单" if story.here == "本院" else "文书签收单"
    return Paper("outcome_receipt", title, blocks, fields, face=ORGAN_FACE, form=True)


def disputed_act(story: Story) -> Paper:
    """What the authority decided, and the recipient attacks."""
    day = story.days.applied - timedelta(days=20)
    title = "不予认定工伤决定书" if story.matter.cause == "不予认定工伤" else "养老保险待遇核定告知书"
    number = f"{story.style.short[-1]}人社{'工认' if title.startswith('不予') else '核'}〔{day.year}〕{story.organ_running + 3}号"
    blocks: tuple[Block, ...] = (
        Title(story.other_name, size=50, face=ORGAN_FACE, after=16),
        Title(title, size=60, face=ORGAN_FACE),
        number_line(number),
        Gap(30),
        Text(f"{story.recipient.name}（公民身份号码{story.recipient.id_number}）：", indent=0),
        Text(
            "你提出的申请收悉。经调查核实，根据你提交的材料，本机关认为现有证据不足以支持你的申请，依照有关规定，作出上述处理。"
        ),
        Text("如对本决定不服，可以自收到本决定书之日起六十日内申请行政复议，或者在六个月内向人民法院提起行政诉讼。"),
        Gap(90),
        issued(story, story.other_name, chinese(day)),
    )
    fields = stated(story, "recipient_name", "recipient_id_number", on=day, number=number) | {
        "organ_name": story.other_name
    }
    return Paper("case_basis", title, blocks, fields, face=ORGAN_FACE, copy=True, also=("evidence", "other"))


def transfer_letter(story: Story) -> Paper:
    """With this the detention house passes an application on."""
    days, title = story.days, "转交法律援助申请函"
    blocks: tuple[Block, ...] = (
        Title(story.jail, size=56, face=ORGAN_FACE, after=16),
        Title(title, size=60, face=ORGAN_FACE),
        Text(f"{story.style.office}：", indent=0),
        Text(
            f"现将羁押于我所的{story.role}{story.recipient.name}（涉嫌{story.matter.cause}）提出的法律援助申请及有关材料转交你单位，请依法审查办理。"
        ),
        Gap(90),
        issued(story, story.jail, chinese(days.applied)),
    )
    fields = stated(story, "recipient_name", "cause", on=days.applied)
    return Paper("transfer_letter", title, blocks, fields, face=ORGAN_FACE)
