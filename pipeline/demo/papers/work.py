"""What the lawyer works out: evidence, motions, pleadings, outlines, advocacy; and how the case ended."""

from __future__ import annotations

from pipeline.demo.blocks import Block, Gap, Paper, Row, Signature, SignOff, Table, Text, Title
from pipeline.demo.papers.forms import entry, head, lawyer_signs, number_line, recipient_signs, stated
from pipeline.demo.papers.organ import ORGAN_FACE
from pipeline.demo.story import Story
from pipeline.demo.styles import arabic, chinese
from schemas.case import Stage

ORDINALS = "一二三四五六七八九十"


def _evidence(story: Story) -> list[str]:
    return [story.told(item) for item in story.matter.evidence]


def evidence_list(story: Story) -> Paper:
    style, days = story.style, story.days
    title = "证据目录" if style.office_word == "处" else "证据清单"
    rows = [Row((head("编号"), head("证据名称"), head("页数"), head("证明目的"), head("来源")), 76)]
    rows += [
        Row((head(str(index)), entry(item), entry(str(1 + index % 3)), entry("证明本案的基本事实和请求数额"), entry("当事人提供")), 90)
        for index, item in enumerate(_evidence(story), 1)
    ]  # fmt: skip
    blocks: tuple[Block, ...] = (
        *style.title(title),
        Text(f"案由：{story.matter.cause}　　{story.role}：{story.recipient.name}", indent=0),
        Table((0.5, 2.2, 0.6, 1.8, 1.0), tuple(rows), 31),
        Gap(50),
        lawyer_signs(story, days.lodged, label="提交人（签名）："),
    )
    fields = stated(story, "recipient_name", "cause", on=days.lodged)
    return Paper("evidence", title, blocks, fields, form=True, size=34)


def pleading(story: Story) -> Paper:
    """民事起诉状, or 劳动争议仲裁申请书."""
    days, who = story.days, story.recipient
    if story.labour:
        type_, title, other = "arbitration_application", "劳动争议仲裁申请书", "被申请人"
        rival = f"{other}：{story.other_name}，住所地广东省{story.style.city}工业大道{story.running}号。"
    else:
        type_, title, other = "pleading", "民事起诉状", "被告"
        rival = (
            f"{other}：{story.other_name}，{story.other.sex}，{arabic(story.other.born)}出生，住{story.other.address}。"
        )
    claims = tuple(Text(f"{ORDINALS[index]}、{story.told(claim)}") for index, claim in enumerate(story.matter.claims))
    blocks: tuple[Block, ...] = (
        Title(title, size=60),
        Text(
            f"{story.role}：{who.name}，{who.sex}，{arabic(who.born)}出生，汉族，住{who.address}，公民身份号码{who.id_number}，联系电话{who.phone}。"
        ),
        Text(rival),
        Text("请求事项：" if story.labour else "诉讼请求：", bold=True),
        *claims,
        Text("事实与理由：", bold=True),
        Text(story.facts(called=story.role)),
        *(Text(story.told(argument).replace("被告{o}", story.other_name)) for argument in story.matter.arguments[:2]),
        Text(f"综上所述，为维护{story.role}的合法权益，特依法提出上述请求，请求支持。"),
        Text("此致"),
        Text(story.organ, indent=0),
        Gap(40),
        recipient_signs(
            story, days.lodged, label=f"{'申请人' if story.labour else '具状人'}（签名）：", fingerprint=True
        ),
    )
    fields = stated(story, "recipient_name", "recipient_id_number", "cause", on=days.lodged)
    return Paper(type_, title, blocks, fields, form=False)


def bail_motion(story: Story) -> Paper:
    days = story.days
    blocks: tuple[Block, ...] = (
        Title("取保候审申请书", size=60),
        Text(
            f"申请人：{story.lawyer.name}，{story.firm}律师，系{story.role}{story.recipient.name}的辩护人，联系电话{story.lawyer.phone}。"
        ),
        Text(f"申请事项：请求对涉嫌{story.matter.cause}的{story.role}{story.recipient.name}变更强制措施为取保候审。"),
        Text("事实与理由：", bold=True),
        Text(
            f"{story.role}{story.recipient.name}因涉嫌{story.matter.cause}被采取羁押性强制措施。申请人认为，其符合《中华人民共和国刑事诉讼法》第六十七条规定的取保候审条件，理由如下："
        ),
        *(Text(story.told(argument)) for argument in story.matter.arguments[1:3]),
        Text("其家属愿意提供保证人，保证其遵守取保候审的有关规定，随传随到。据此提出申请，请予批准。"),
        Text("此致"),
        Text(story.organ, indent=0),
        Gap(50),
        lawyer_signs(story, days.review, label="申请人（签名）："),
    )
    fields = stated(story, "recipient_name", "lawyer_name", "firm_name", "cause", "organ_name", on=days.review)
    return Paper("motion", "取保候审申请书", blocks, fields, form=True)


def forgiveness(story: Story) -> Paper:
    """刑事谅解书 of the victim, where the defence speaks of it."""
    days = story.days
    blocks: tuple[Block, ...] = (
        Title("刑事谅解书", size=62),
        Text(
            f"谅解人：{story.other_name}，{story.other.sex}，公民身份号码{story.other.id_number}，住{story.other.address}。"
        ),
        Text(f"被谅解人：{story.recipient.name}，{story.recipient.sex}，公民身份号码{story.recipient.id_number}。"),
        Text(
            f"被谅解人{story.recipient.name}涉嫌{story.matter.cause}一案，其家属已经赔偿谅解人的全部经济损失，谅解人对{story.recipient.name}的行为表示谅解，"
            "请求司法机关对其从宽处理。本谅解书系谅解人真实意思表示，没有受到任何强迫。"
        ),
        Gap(70),
        Signature("谅解人（签名）：", story.other_name, "", story.style.day(days.summons), fingerprint=True),
    )
    fields = stated(story, "recipient_name", "recipient_id_number", "cause", on=days.summons)
    return Paper("settlement", "刑事谅解书", blocks, fields, copy=True)


def hearing_outline(story: Story) -> Paper:
    style, days = story.style, story.days
    title = "出庭提纲" if style.titles != "stage_inside" else "庭审提纲"
    if style.office_word == "处":
        title = "庭前准备清单"
    asked = ("请你如实回答，案发的起因是什么？", "事情发生后你做了什么？", "你对损失的弥补有什么打算？")
    blocks: tuple[Block, ...] = (
        *style.title(title),
        Text(f"{style.recipient_label}：{story.recipient.name}　　案由：{story.matter.cause}", indent=0),
        Text(f"办案机关：{story.organ}　　案号：{story.organ_case_number}", indent=0),
        Text("一、发问提纲", bold=True),
        *(Text(f"{index}.{question}") for index, question in enumerate(asked, 1)),
        Text("二、质证提纲", bold=True),
        *(Text(f"{index}.{item}：核对原件，从真实性、合法性、关联性三个方面发表意见。") for index, item in enumerate(_evidence(story), 1)),
        Text("三、辩护（代理）思路", bold=True),
        *(Text(f"{index}.{story.told(argument)}") for index, argument in enumerate(story.matter.arguments, 1)),
        Gap(30),
        lawyer_signs(story, days.summons),
    )  # fmt: skip
    fields = stated(story, "recipient_name", "cause", "organ_name", "organ_case_number", on=days.summons)
    return Paper("hearing_outline", title, blocks, fields, form=True, size=35)


def _advocacy_title(story: Story) -> str:
    if not story.criminal:
        return "代理词"
    return (
        "辩护词"
        if story.stage is Stage.TRIAL_FIRST
        else "法律意见书"
        if story.style.office_word == "处"
        else "辩护意见书"
    )


def advocacy_statement(story: Story) -> Paper:
    days, title = story.days, _advocacy_title(story)
    addressee = {True: "审判长、审判员：", False: f"{story.organ}："}[
        story.stage is Stage.TRIAL_FIRST and story.criminal
    ]
    points: list[Block] = []
    for index, argument in enumerate(story.matter.arguments):
        lead, _, rest = story.told(argument).partition("，")
        points += [Text(f"{ORDINALS[index]}、{lead}", bold=True), Text(rest or lead)]
    points.append(Text(
        "以上情节均有在案证据证明，且相互之间能够印证。承办人在办理本案过程中，认真查阅了有关材料，听取了受援人的意见，并就争议问题进行了分析研究，"
        "认为处理本案应当坚持以事实为根据、以法律为准绳，充分考虑案件的起因、经过、后果以及当事人的实际情况，做到法律效果与社会效果相统一。"
    ))  # fmt: skip
    hopes = "对其从宽处理" if story.criminal else f"支持{story.role}的请求"
    ends = (
        Text(
            f"综上，请求贵{'委' if story.labour else '院' if story.stage is not Stage.INVESTIGATION else '局'}充分考虑上述意见，依法{hopes}。"
        ),
        Text("此致"),
        Text(story.organ, indent=0),
        Gap(50),
        lawyer_signs(story, None, label=f"{story.capacity}（签名）："),
        SignOff((story.firm,), arabic(days.advocacy)),
    )
    blocks: tuple[Block, ...] = (
        Title(title, size=66, spaced=True),
        Text(addressee, indent=0),
        Text(f"{story.firm}接受{story.style.office}的指派，由我担任{story.role}{story.recipient.name}{story.matter.cause}一案的{story.capacity}。"
             f"接受指派后，承办人依法开展了工作，对本案有了全面的了解。现根据事实和法律，发表如下{'辩护' if story.criminal else '代理'}意见："),
        *points,
        *ends,
    )  # fmt: skip
    fields = stated(story, "recipient_name", "firm_name", "lawyer_name", "cause", "organ_name", on=days.advocacy)
    return Paper("advocacy_statement", title, blocks, fields, foot=story.style.foot)


def _parties(story: Story) -> tuple[Text, ...]:
    who, other = story.recipient, story.other
    if story.criminal:
        held = f"现羁押于{story.jail}" if story.custody else "现取保候审在家"
        return (
            Text(f"公诉机关{story.procuratorate}。"),
            Text(f"被告人{who.name}，{who.sex}，{arabic(who.born)}出生，公民身份号码{who.id_number}，汉族，{who.schooling}文化，{who.work}，住{who.address}。"
                 f"因涉嫌犯{story.matter.cause}于{arabic(story.days.measure)}被采取强制措施，{held}。"),
            Text(f"辩护人{story.lawyer.name}，系{story.style.office}指派的{story.firm}律师。"),
        )  # fmt: skip
    rival = "被申请人" if story.labour else "被告"
    firm = f"{rival}：{story.other_name}，住所地广东省{story.style.city}。"
    natural = f"{rival}：{story.other_name}，{other.sex}，{arabic(other.born)}出生，汉族，住{other.address}。"
    return (
        Text(
            f"{story.role}：{who.name}，{who.sex}，{arabic(who.born)}出生，汉族，住{who.address}，公民身份号码{who.id_number}。"
        ),
        Text(f"{story.capacity}：{story.lawyer.name}，{story.firm}律师，由{story.style.office}指派。"),
        Text(firm if story.labour else natural),
    )


def _course(story: Story) -> str:
    days = story.days
    if story.criminal:
        return (
            f"{story.procuratorate}以{story.indictment_number}起诉书指控被告人{story.recipient.name}犯{story.matter.cause}，于{arabic(days.indictment)}向本院提起公诉。"
            f"本院受理后，依法适用{'简易' if story.plea else '普通'}程序，于{arabic(days.hearing)}公开开庭审理了本案。{story.procuratorate}指派检察员{story.prosecutor}出庭支持公诉，"
            f"被告人{story.recipient.name}及其辩护人{story.lawyer.name}到庭参加诉讼。现已审理终结。"
        )
    return (
        f"{story.role}{story.recipient.name}与{story.other_name}{story.matter.cause}一案，本{'委' if story.labour else '院'}于{arabic(days.accepted)}立案受理后，"
        f"依法由{'仲裁员' if story.labour else '审判员'}{story.judge}独任审理，于{arabic(days.hearing)}公开开庭进行了审理。{story.role}{story.recipient.name}及其{story.capacity}{story.lawyer.name}到庭参加。本案现已审理终结。"
    )


def _reasons(story: Story) -> tuple[Text, ...]:
    here = "本委" if story.labour else "本院"
    evidence = "；".join(f"（{index}）{item}" for index, item in enumerate(_evidence(story), 1))
    claim = "公诉机关指控" if story.criminal else f"{story.role}{story.recipient.name}请求"
    wanted = "" if story.criminal else "".join(story.told(each) for each in story.matter.claims) + "事实和理由："
    said = "，".join(story.told(each).rstrip("。") for each in story.matter.arguments[:2])
    return (
        Text(f"{claim}：{wanted}{story.facts(called='')}"),
        Text(f"{story.capacity}提出的意见是：{said}。"),
        Text(f"经审理查明：{story.facts(called=story.role if story.criminal else '')}"),
        Text(f"上述事实，有经庭审质证、{here}予以确认的下列证据证实：{evidence}。以上证据来源合法，内容客观真实，能够相互印证，{here}予以采信。"),
        *(Text(f"关于{story.capacity}提出的意见。{story.told(each)}经查，与审理查明的事实相符，{here}予以采纳。") for each in story.matter.arguments),
    )  # fmt: skip


def _appeal(story: Story) -> str:
    higher = f"{story.style.city}中级人民法院"
    if story.labour:
        return "劳动者对本裁决不服的，可以自收到本裁决书之日起十五日内向人民法院提起诉讼；逾期不起诉的，本裁决书发生法律效力。"
    if story.criminal:
        return f"如不服本判决，可在接到判决书的第二日起十日内，通过本院或者直接向{higher}提出上诉。书面上诉的，应当提交上诉状正本一份，副本二份。"
    return f"如不服本判决，可以在判决书送达之日起十五日内，向本院递交上诉状，并按照对方当事人的人数提出副本，上诉于{higher}。"


def outcome_document(story: Story) -> Paper:
    days, number = story.days, story.organ_case_number or ""
    title = "仲裁裁决书" if story.labour else "刑事判决书" if story.criminal else "民事判决书"
    here = "本委" if story.labour else "本院"
    crime = (
        f"被告人{story.recipient.name}的行为已构成{story.matter.cause}，公诉机关指控的犯罪事实清楚，证据确实、充分，指控罪名成立。"
        if story.criminal
        else "双方之间的法律关系合法有效，受法律保护，义务人应当依法履行义务。"
    )
    blocks: tuple[Block, ...] = (
        Title(story.organ, size=58, face=ORGAN_FACE, after=20),
        Title(title, size=70, spaced=True, face=ORGAN_FACE),
        number_line(number),
        Gap(24),
        *_parties(story),
        Text(_course(story)),
        *_reasons(story),
        Text(f"{here}认为，{crime}根据案件的事实、性质、情节，依照{story.matter.law}之规定，{'裁决' if story.labour else '判决'}如下："),
        Text(story.told(story.matter.result)),
        Text(_appeal(story)),
        Gap(40),
        SignOff(
            (f"{'仲裁员' if story.labour else '审判员'}　{story.judge}",), chinese(days.outcome), story.organ_seal(story.organ)
        ),
        *(() if story.labour else (Text("本件与原本核对无异", indent=1),)),
        Text(f"书记员　{story.clerk}", align="right"),
    )  # fmt: skip
    fields = stated(
        story, "recipient_name", "lawyer_name", "firm_name", "cause", "organ_name", "organ_case_number",
        on=days.outcome, number=number,
    )  # fmt: skip
    foot = "of" if story.running % 3 == 0 else "number"
    return Paper("outcome_document", title, blocks, fields, face=ORGAN_FACE, foot=foot)  # type: ignore[arg-type]
