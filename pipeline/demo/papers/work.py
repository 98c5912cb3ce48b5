"""What the lawyer works out: evidence, motions, pleadings, outlines, advocacy; and how the case ended."""

from __future__ import annotations

from pipeline.demo.blocks import Block, Gap, Paper, Row, Signature, SignOff, Table, Text, Title, fill
from pipeline.demo.papers.forms import entry, head, lawyer_signs, stated
from pipeline.demo.story import Story
from pipeline.demo.styles import arabic

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


def discussion_record(story: Story) -> Paper:
    """The firm's discussion of a grave case (集体讨论记录)."""
    style, days = story.style, story.days
    title = "集体讨论记录" if style.office_word == "处" else "重大疑难案件讨论记录"
    items = (
        ("讨论时间", style.day(days.second_meeting)), ("讨论地点", f"{story.firm}会议室"), ("主持人", story.colleague),
        ("参加人", f"{story.colleague}、{story.lawyer.name}、{story.clerk}"), ("案由", story.matter.cause), (style.recipient_label, story.recipient.name),
    )  # fmt: skip
    blocks: tuple[Block, ...] = (
        *style.title(title),
        *(Text(f"{label}：{fill(value)}", indent=0) for label, value in items),
        Gap(20),
        Text(f"{story.lawyer.name}汇报案情：{story.facts(called=story.role)}"),
        Text(f"{story.colleague}：{story.told(story.matter.arguments[0])}"),
        Text(f"{story.clerk}：{story.told(story.matter.arguments[1])}"),
        Text("讨论结论：同意承办人的辩护思路，围绕上述意见提交书面辩护意见。"),
        Gap(40),
        Signature("主持人（签名）：", story.colleague, ""),
        lawyer_signs(story, days.second_meeting, label="记录人（签名）："),
    )
    fields = stated(story, "recipient_name", "cause", on=days.second_meeting)
    return Paper("discussion_record", title, blocks, fields, form=True, size=35)


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
    usual = story.proceeding.opinion
    return "辩护意见书" if usual == "法律意见书" and story.criminal and story.style.office_word == "中心" else usual


def advocacy_statement(story: Story) -> Paper:
    days, title = story.days, _advocacy_title(story)
    addressee = "审判长、审判员：" if title == "辩护词" else f"{story.organ}："
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
        Text(f"综上，请求贵{story.here[1:]}充分考虑上述意见，依法{hopes}。"),
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
