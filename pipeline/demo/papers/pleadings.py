"""What a lawyer lodges for the recipient (诉状、申请书): complaints, appeals, petitions, applications."""

from __future__ import annotations

from pipeline.demo.blocks import Block, Gap, Paper, Text, Title
from pipeline.demo.papers.forms import recipient_signs, stated
from pipeline.demo.papers.work import ORDINALS
from pipeline.demo.story import Story
from pipeline.demo.styles import arabic
from schemas.case import Kind, Stage

TYPES = {
    Kind.LABOUR_ARBITRATION: "arbitration_application", Kind.ADMINISTRATIVE_RECONSIDERATION: "reconsideration_application",
    Kind.ENFORCEMENT: "motion", Kind.NON_LITIGATION: "motion", Kind.DRAFTING: "drafted_document",
}  # fmt: skip
SIGNERS = {
    "民事起诉状": "具状人",
    "行政起诉状": "具状人",
    "刑事附带民事起诉状": "具状人",
    "民事上诉状": "上诉人",
    "刑事上诉状": "上诉人",
}


def _type(story: Story) -> str:
    if story.stage in {Stage.TRIAL_SECOND, Stage.RETRIAL}:
        return "appeal_petition"
    return TYPES.get(story.kind, "pleading")


def _rival(story: Story) -> str:
    other = story.other
    if story.other_name != other.name:
        return f"{story.rival}：{story.other_name}，住所地广东省{story.style.city}工业大道{story.running}号。"
    return f"{story.rival}：{story.other_name}，{other.sex}，{arabic(other.born)}出生，住{other.address}。"


def _claims(story: Story) -> tuple[str, ...]:
    claims = tuple(story.told(claim) for claim in story.matter.claims)
    if story.stage is Stage.TRIAL_SECOND:
        return ("请求撤销原审判决，依法改判；", *claims)
    if story.stage is Stage.RETRIAL:
        return ("请求撤销原审判决，对本案依法再审改判；", *claims)
    if story.kind is Kind.ENFORCEMENT:
        return (
            f"请求强制被执行人{story.other_name}履行生效判决确定的给付义务，金额人民币{story.money}元；",
            "本案执行费用由被执行人承担。",
        )
    return claims


def pleading(story: Story) -> Paper:
    """The paper that begins the case, or carries it on."""
    days, who, title = story.days, story.recipient, story.proceeding.lodged
    wanted = "诉讼请求：" if title.endswith("起诉状") else "上诉请求：" if title.endswith("上诉状") else "请求事项："
    label = SIGNERS.get(title, story.role if story.stage is Stage.RETRIAL else "申请人")
    on = days.appealed if story.stage in {Stage.TRIAL_SECOND, Stage.RETRIAL} else days.lodged
    blocks: tuple[Block, ...] = (
        Title(title, size=60),
        Text(
            f"{story.role}：{who.name}，{who.sex}，{arabic(who.born)}出生，汉族，住{who.address}，公民身份号码{who.id_number}，联系电话{who.phone}。"
        ),
        Text(_rival(story)),
        Text(wanted, bold=True),
        *(Text(f"{ORDINALS[index]}、{claim}") for index, claim in enumerate(_claims(story))),
        Text("事实与理由：", bold=True),
        *_course(story),
        Text(story.facts(called="" if story.injured else story.role)),
        *(Text(story.told(argument).replace("被告{o}", story.other_name)) for argument in story.matter.arguments[:2]),
        Text(f"综上所述，为维护{story.role}的合法权益，特依法提出上述请求，请求支持。"),
        Text("此致"),
        Text(story.organ, indent=0),
        Gap(40),
        recipient_signs(story, on, label=f"{label}（签名）：", fingerprint=True),
    )
    fields = stated(story, "recipient_name", "recipient_id_number", "cause", on=on)
    also = ("pleading", "case_basis") if story.kind is Kind.DRAFTING else ()
    return Paper(_type(story), title, blocks, fields, also=also)


def _course(story: Story) -> tuple[Text, ...]:
    """What came before, where something did."""
    if story.stage is Stage.TRIAL_SECOND:
        return (Text(f"{story.role}不服{story.court}于{arabic(story.days.earlier)}作出的一审判决，现提出上诉。"),)
    if story.stage is Stage.RETRIAL:
        return (
            Text(
                f"{story.role}不服{story.court}于{arabic(story.days.earlier)}作出的已经发生法律效力的判决，现申请再审。"
            ),
        )
    if story.kind is Kind.ENFORCEMENT:
        return (Text(f"{story.role}与{story.rival}{story.other_name}{story.matter.cause}一案，{story.court}于{arabic(story.days.earlier)}作出判决，该判决已经发生法律效力，"
                     f"{story.rival}没有按照判决确定的期限履行义务。"),)  # fmt: skip
    return ()


def criminal_appeal(story: Story) -> Paper:
    """刑事上诉状, in the accused's own words."""
    days, who = story.days, story.recipient
    blocks: tuple[Block, ...] = (
        Title("刑事上诉状", size=60),
        Text(f"上诉人（原审被告人）：{who.name}，{who.sex}，{arabic(who.born)}出生，汉族，公民身份号码{who.id_number}，住{who.address}。"),
        Text(f"上诉人因{story.matter.cause}一案，不服{story.court}于{arabic(days.earlier)}作出的一审刑事判决，现提出上诉。"),
        Text("上诉请求：", bold=True),
        Text("请求二审法院撤销原判，依法对上诉人从轻改判。"),
        Text("上诉理由：", bold=True),
        *(Text(story.told(argument).replace(who.name, "上诉人")) for argument in story.matter.arguments),
        Text("此致"),
        Text(story.higher_court, indent=0),
        Gap(60),
        recipient_signs(story, days.appealed, label="上诉人（签名）：", fingerprint=True),
    )  # fmt: skip
    fields = stated(story, "recipient_name", "recipient_id_number", "cause", on=days.appealed)
    return Paper("appeal_petition", "刑事上诉状", blocks, fields, copy=True, also=("notice_attachment",))
