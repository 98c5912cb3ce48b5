"""Records of hearings (庭审笔录): court and tribunal, accused, victim and civil party."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.demo.blocks import Block, Gap, Paper, Signature, Text, Title
from pipeline.demo.papers.forms import stated
from pipeline.demo.story import Story
from pipeline.demo.styles import arabic
from schemas.case import Stage

Speech = tuple[str, str]
"""Who says it, and what."""


@dataclass(frozen=True)
class Cast:
    """Who speaks first, who answers, and with what the hearing opens."""

    lead: str
    answer: str
    opening: str
    reads: str


def _cast(story: Story) -> Cast:
    claims = "".join(story.told(claim) for claim in story.matter.claims)
    lodged = story.proceeding.lodged
    if story.criminal and story.stage is not Stage.TRIAL_FIRST:
        return Cast(story.role, "检察员", "原审判决量刑过重，请求依法改判。", "陈述上诉（申请再审）的理由")
    if story.criminal or (story.injured and not lodged):
        return Cast("公诉人", "被告人", f"宣读起诉书（{story.indictment_number}），内容略。", "宣读起诉书")
    return Cast(story.role, story.rival, f"宣读{lodged}。请求：{claims}", "陈述请求及事实理由")


def _opened(story: Story, cast: Cast) -> list[Speech]:
    who, chair = story.recipient, story.decider
    answer = (
        "对基本事实没有异议，请求从轻处理。"
        if cast.answer == "被告人"
        else "对部分事实有异议，不同意对方的全部请求，理由庭后提交书面意见。"
    )
    return [
        ("书记员", "请旁听人员安静，现在宣布法庭（仲裁庭）纪律。未经许可不得录音、录像、摄影，不得随意走动。"),
        (chair, f"现在开庭。今天{story.openly}开庭审理{who.name}{story.matter.cause}一案。先核对当事人和诉讼参与人的身份。"),
        (story.role, f"我叫{who.name}，{who.sex}，{arabic(who.born)}出生，住{who.address}。"),
        (story.capacity, f"我是{story.firm}律师{story.lawyer.name}，受{story.style.office}指派，担任{story.role}{who.name}的{story.capacity}。"),
        (chair, "各方对出庭人员的身份有没有异议？是否申请回避？"),
        (cast.lead, "没有异议，不申请回避。"), (cast.answer, "没有异议，不申请回避。"),
        (chair, f"现在进行调查。由{cast.lead}{cast.reads}。"), (cast.lead, cast.opening),
        (chair, f"{cast.answer}对上述内容有什么意见？"), (cast.answer, answer),
        (chair, "下面由各方举证、质证。"),
    ]  # fmt: skip


def _lines(story: Story) -> list[Speech]:
    """Who says what in the hearing."""
    cast, chair = _cast(story), story.decider
    lines = _opened(story, cast)
    for index, item in enumerate(story.matter.evidence, 1):
        lines.append((cast.lead, f"出示证据{index}：{story.told(item)}，证明本案的有关事实。"))
        lines.append((cast.answer, "对真实性没有异议。"))
        if story.class_ == "刑":
            lines.append((story.capacity, "对该证据的真实性、合法性没有异议，对证明内容请法庭结合全案综合认定。"))
    lines += [(chair, "调查结束，现在进行辩论。"), (cast.lead, "本案事实清楚，证据确实充分，请依法裁判。")]
    lines += [(story.capacity, story.told(argument)) for argument in story.matter.arguments]
    plea = "我认罪悔罪，请求法庭给我一次改过的机会。" if story.criminal else "请求支持我的全部请求。"
    lines += [(cast.answer, "坚持此前发表的意见。"), (chair, "辩论终结。各方最后陈述。"), (story.role, plea)]
    if story.class_ == "刑":
        return [*lines, (chair, "现在休庭，本案将择期宣判。")]
    refusal = [(chair, "是否同意调解？"), (cast.answer, "不同意调解。")]
    return [*lines, *refusal, (chair, "鉴于调解意见不一致，不再主持调解。现在休庭，择期宣判（裁决）。")]


def hearing_record(story: Story) -> Paper:
    style, days = story.style, story.days
    title = "仲裁庭审笔录" if story.labour else "庭审笔录" if style.titles != "spaced" else "法庭审理笔录"
    room = f"{story.organ}第{1 + story.running % 5}{'仲裁庭' if story.labour else '审判庭'}"
    hours = "9时30分至10时50分" if story.running % 2 else "15时00分至16时20分"
    heads = (
        ("案号", story.organ_case_number or ""), ("案由", story.matter.cause), ("时间", f"{arabic(days.hearing)}{hours}"),
        ("地点", room), (story.decider, story.judge), ("书记员", story.clerk),
    )  # fmt: skip
    signs = (
        Signature(f"{story.role}（签名）：", story.recipient.name, "recipient_signature", style.day(days.hearing)),
        Signature(f"{story.capacity}（签名）：", story.lawyer.name, "lawyer_signature"),
    )
    blocks: tuple[Block, ...] = (
        Title(story.organ, size=50, face="serif", after=14),
        Title(title, size=58, face="serif"),
        *(Text(f"{label}：{value}", indent=0) for label, value in heads),
        Gap(16),
        *(Text(f"{who}：{words}", indent=0) for who, words in _lines(story)),
        Gap(30),
        *signs,
    )
    fields = stated(
        story, "recipient_name", "lawyer_name", "firm_name", "cause", "organ_name", "organ_case_number", on=days.hearing
    )
    each = Signature(f"{story.role}：", story.recipient.name, "recipient_signature")
    return Paper(
        "hearing_record", title, blocks, fields, face="serif", size=33, leading=1.6, each_page=each, copy=True, foot="of",
    )  # fmt: skip
