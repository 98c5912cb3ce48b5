"""Records (笔录): of meetings, talks, file review, hearings."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import NamedTuple

from pipeline.demo.blocks import Block, Gap, Paper, Signature, Text, Title, fill
from pipeline.demo.papers.duty import HELP
from pipeline.demo.papers.forms import lawyer_signs, recipient_signs, stated
from pipeline.demo.story import Story
from pipeline.demo.styles import arabic
from schemas.case import Kind, Stage

Dialogue = tuple[tuple[str, str], ...]

FIRST_MEETING: Dialogue = (
    ("你好，我是{firm}的{lawyer}律师，受{office}的指派，为你提供法律援助，担任你的辩护人。这是我的律师执业证和指派手续，你是否同意由我为你辩护？", "我看清楚了，我同意由你担任我的辩护人。"),
    ("法律援助是免费的，我们不会向你和你的家属收取任何费用，你清楚吗？", "清楚，没有收过我的钱。"),
    ("现在向你告知你在本阶段享有的诉讼权利，包括申请回避、拒绝回答与本案无关的问题、申请变更强制措施、自愿认罪认罚等权利，你听清楚了吗？", "听清楚了，不申请回避。"),
    ("请你讲一下你的个人基本情况。", "我叫{name}，{born}出生，{schooling}文化，住{address}，之前在工地打零工。"),
    ("你家里还有什么人？", "{family}"),
    ("你以前有没有受过刑事处罚或者行政处罚？", "没有，这是第一次。"),
    ("你是什么时候被采取强制措施的？", "{measure}那天，民警把我带到派出所，后来就办了手续。"),
    ("办案机关以什么罪名对你立案侦查？", "说我涉嫌{cause}。"),
    ("你把事情的经过如实讲一遍。", "{facts}"),
    ("你对上述事实有没有不同的意见？", "大部分是事实，我当时没有想那么多，现在很后悔。"),
    ("办案人员有没有对你刑讯逼供、诱供或者指供？", "没有，都是依法讯问的。"),
    ("讯问笔录你看过之后才签名的吗？", "看过，和我讲的一样，我签名捺印了。"),
    ("你对被害人的损失有没有赔偿？", "家里人正在想办法凑钱赔给对方，希望能够取得谅解。"),
    ("你是否自愿认罪认罚？认罪认罚的法律后果我已经向你作了解释。", "{plea}"),
    ("你在看守所的身体和生活情况怎么样？有没有疾病？", "身体还可以，没有什么大病。"),
    ("有没有需要律师转告家属的话？", "请告诉他们不用担心，照顾好老人和孩子。"),
    ("下一步我会向办案机关了解案情，依法提出辩护意见，有进展会及时告诉你。你还有什么补充？", "没有了，谢谢律师。"),
    ("以上内容是否属实？", "属实。"),
)  # fmt: skip
SECOND_MEETING: Dialogue = (
    ("我是你的辩护律师{lawyer}，今天来会见你，主要是核实有关证据，听取你的意见。", "好的。"),
    ("上次会见之后你有没有新的情况要反映？", "没有新的情况。"),
    ("我向你说明一下案卷中的主要证据，包括{evidence}，你听清楚了吗？", "听清楚了。"),
    ("你对这些证据的真实性有没有异议？", "没有异议，只是对具体数额希望核实清楚。"),
    ("关于{cause}的指控，你是否认罪？", "我认罪。"),
    ("辩护方案我向你说明如下：{argument}你是否同意？", "我同意律师的意见。"),
    ("你家属已经把赔偿的情况告诉了我，相关的材料我会提交给办案机关。", "谢谢律师。"),
    ("案件处理时间、程序方面还有什么不清楚的？", "想知道大概什么时候有结果。"),
    ("具体要以办案机关的通知为准，我会及时告知你。还有没有补充？", "没有了。"),
    ("以上笔录请你核对，如果没有错误请签名。", "好。"),
)
FIRST_TALK: Dialogue = (
    ("你好，我是{firm}的{lawyer}律师，受{office}的指派为你提供法律援助，担任你的代理人，你是否同意？", "同意，谢谢。"),
    ("法律援助是免费的，任何人不得向你收取费用，你清楚吗？", "清楚。"),
    ("请介绍一下你的基本情况。", "我叫{name}，身份证号码{id}，住{address}，联系电话{phone}。"),
    ("请把事情的经过详细讲一下。", "{facts}"),
    ("你和对方有没有协商过？", "协商过好几次，对方一直推托，没有结果。"),
    ("你的主张是什么？", "{claims}"),
    ("你手上有哪些证据？", "有{evidence}。"),
    ("这些证据的原件在什么地方？", "原件都在我这里，可以随时提供。"),
    ("有没有证人可以作证？", "有，当时在场的工友和邻居都知道，但是要问他们愿不愿意。"),
    ("对方可能会提出不同的意见，你有什么要说明的？", "我讲的都是事实，不怕对质。"),
    ("现在向你说明诉讼（仲裁）的流程、举证责任和可能存在的风险。你听明白了吗？", "听明白了。"),
    ("如果对方愿意调解，你能接受什么样的方案？", "只要把应该给我的给我，利息方面可以商量。"),
    ("如果需要达成调解，我会事先征得你的同意。你还有什么要补充？", "没有了。"),
    ("请核对以上笔录，无误后逐页签名。", "好的。"),
)
AFTER_TALK: Dialogue = (
    ("今天主要是向你告知案件的处理结果。法律文书你收到了吗？", "收到了。"),
    ("结果是：{result}你听清楚了吗？", "听清楚了。"),
    ("如果不服，你可以在法定期限内{remedy}，你是否清楚？", "清楚，我再考虑一下。"),
    ("你对我们的法律援助工作有什么意见？有没有人向你收取费用？", "没有收过费用，我很满意，没有意见。"),
)  # fmt: skip


REMEDIES = {
    Kind.LABOUR_ARBITRATION: "向人民法院提起诉讼", Kind.ADMINISTRATIVE_RECONSIDERATION: "向人民法院提起行政诉讼",
    Kind.NON_LITIGATION: "要求对方履行协议，或者申请司法确认", Kind.ENFORCEMENT: "提出书面异议",
}  # fmt: skip


def _words(story: Story) -> dict[str, str]:
    who, matter = story.recipient, story.matter
    facts = story.told(matter.facts).replace(story.recipient.name, "我").replace("被害人我", "我")
    return {
        "firm": story.firm, "lawyer": story.lawyer.name, "office": story.style.office, "name": who.name,
        "born": arabic(who.born), "schooling": who.schooling, "address": who.address, "phone": who.phone, "id": who.id_number,
        "measure": arabic(story.days.measure), "cause": matter.cause, "facts": facts,
        "evidence": "、".join(story.told(item) for item in matter.evidence[:4]),
        "argument": story.told(matter.arguments[0]), "result": story.told(matter.result),
        "claims": "".join(story.told(claim) for claim in matter.claims),
        "family": "家里有父母和一个弟弟。" if story.minor else "家里有父母、妻子和两个孩子，小的还在读小学。",
        "plea": "我自愿认罪认罚，希望从宽处理。" if story.plea else "我听明白了，暂时不签具结书，我再考虑一下。",
        "remedy": REMEDIES.get(story.kind, "提出上诉" if story.stage is Stage.TRIAL_FIRST else "申请再审"),
    }  # fmt: skip


def _dialogue(story: Story, dialogue: Dialogue) -> tuple[Block, ...]:
    words = _words(story)
    lines: list[Block] = []
    for question, answer in dialogue:
        lines += [Text(f"问：{question.format(**words)}"), Text(f"答：{answer.format(**words)}")]
    return tuple(lines)


def _head(story: Story, on: date, hour: int, place: str, *, subject: str) -> tuple[Block, ...]:
    items = (
        ("时间", f"{arabic(on)}{hour}时{story.running % 50 + 5:02d}分至{hour + 1}时{story.running % 40 + 10:02d}分"),
        ("地点", place), ("承办人", f"{story.lawyer.name}（{story.firm}）"), ("记录人", story.colleague),
        (subject, f"{story.recipient.name}，{story.recipient.sex}，{story.role}"), ("案由", story.matter.cause),
    )  # fmt: skip
    return tuple(Text(f"{label}：{fill(value)}", indent=0) for label, value in items)


READ = "以上笔录我看过（已向我宣读过），与我讲的相符。"


class Meeting(NamedTuple):
    """When, where and how someone was talked to."""

    type: str
    title: str
    on: date
    place: str
    subject: str
    """What the record calls the person: 被会见人 and the like."""
    dialogue: Dialogue


def _record(story: Story, meeting: Meeting) -> Paper:
    type_, title, on, place, subject, dialogue = meeting
    style = story.style
    heading = (
        style.title(title)
        if style.titles != "stage_inside"
        else (
            Title(f"{style.office}{story.stage_title if story.stage and story.class_ == '刑' else ''}{title}", size=50),
        )
    )
    blocks: tuple[Block, ...] = (
        *heading,
        *_head(story, on, 9 + story.running % 6, place, subject=subject),
        Gap(20),
        *_dialogue(story, dialogue),
        Gap(20),
        Text(READ, indent=0),
        recipient_signs(story, on, label=f"{subject}（签名）：", fingerprint=True),
        lawyer_signs(story, None, label=f"{'会见' if story.criminal else '询问'}人（签名）："),
        Signature("记录人（签名）：", story.colleague, ""),
    )
    fields = stated(story, "recipient_name", "lawyer_name", "firm_name", "cause", on=on)
    each = Signature(f"{subject}（签名）：", story.recipient.name, "recipient_signature", fingerprint=False)
    return Paper(
        type_, title, blocks, fields, form=style.key == "yunling", size=34, leading=1.75, each_page=each, ruled=True
    )


def _place(story: Story) -> str:
    return story.jail if story.custody else f"{story.firm}会议室"


def first_meeting(story: Story) -> Paper:
    place = _place(story)
    title = "会见笔录" if story.style.titles != "spaced" else f"会见{story.role}笔录"
    talk = FIRST_MEETING if story.custody else FIRST_MEETING[:14] + FIRST_MEETING[16:]
    return _record(story, Meeting("meeting_record", title, story.days.meeting, place, "被会见人", talk))


def second_meeting(story: Story) -> Paper:
    place = _place(story)
    return _record(
        story, Meeting("meeting_record", "会见笔录", story.days.second_meeting, place, "被会见人", SECOND_MEETING)
    )


def first_talk(story: Story) -> Paper:
    title = "谈话笔录" if story.style.titles != "spaced" else "约见笔录"
    return _record(
        story, Meeting("interview_record", title, story.days.meeting, f"{story.firm}会议室", "被谈话人", FIRST_TALK)
    )


def help_talk(story: Story) -> Paper:
    """What the duty lawyer was asked and said."""
    title = "值班律师会见笔录" if story.style.titles != "spaced" else "法律咨询笔录"
    paper = _record(story, Meeting("meeting_record", title, story.days.meeting, _place(story), "被会见人", HELP))
    return replace(paper, also=("interview_record",))


def post_outcome_advice(story: Story) -> Paper:
    title = "结案告知笔录" if not story.criminal else "判后告知笔录"
    place = _place(story)
    return _record(story, Meeting("post_outcome_advice", title, story.days.told, place, "被告知人", AFTER_TALK))


def file_review_note(story: Story) -> Paper:
    style, days = story.style, story.days
    place = story.procuratorate + "案件管理中心" if story.stage is Stage.PROSECUTION else story.organ
    evidence = tuple(
        Text(f"{index}.{story.told(item)}：证明案件的有关事实，来源合法，与其他证据能够相互印证。")
        for index, item in enumerate(story.matter.evidence, 1)
    )
    items = (
        ("阅卷时间", style.day(days.review)), ("阅卷地点", place), ("阅卷人", f"{story.lawyer.name}（{story.firm}）"),
        (style.recipient_label, story.recipient.name), ("案由", story.matter.cause), ("所处阶段", story.stage_title),
    )  # fmt: skip
    blocks: tuple[Block, ...] = (
        *style.title("阅卷笔录", story.stage_title),
        *(Text(f"{label}：{fill(value)}", indent=0) for label, value in items),
        Gap(20),
        *_reviewed(story),
        Text("三、主要证据及分析", bold=True),
        *evidence,
        Text("四、法律适用和程序", bold=True),
        Text(f"本案{'指控的罪名' if story.class_ == '刑' else '案由'}为{story.matter.cause}，涉及的法律依据主要是{story.matter.law}。程序方面未发现明显违法情形。"),
        Text("五、量刑情节" if story.class_ == "刑" else "五、争议焦点", bold=True),
        *(Text(story.told(argument)) for argument in story.matter.arguments[:2]),
        Text("六、阅卷意见", bold=True),
        Text(
            "拟从罪轻辩护的角度，围绕到案情况、退赔谅解、认罪态度等情节提出从宽处理的意见。"
            if story.criminal
            else "拟围绕上述问题收集、补充证据，并依法提出代理意见。"
        ),
        Gap(30),
        lawyer_signs(story, days.review, label="阅卷人（签名）："),
    )  # fmt: skip
    fields = stated(story, "recipient_name", "lawyer_name", "firm_name", "cause", on=days.review)
    return Paper("file_review_note", "阅卷笔录", blocks, fields, form=style.handwritten, size=34, leading=1.7)


def _reviewed(story: Story) -> tuple[Block, ...]:
    """What the file says happened before: the coercive measure and the charge, or the course of the dispute."""
    if story.class_ != "刑":
        course = f"案卷材料显示，本案由{story.recipient.name}提出，{story.organ}于{arabic(story.days.accepted)}受理，送达手续齐全。"
        return (
            Text("一、案件由来", bold=True),
            Text(course),
            Text("二、争议的主要事实", bold=True),
            Text(story.facts(called="")),
        )
    accused = story.other_name if story.injured else story.recipient.name
    measure = "刑事拘留、逮捕" if story.custody else "取保候审"
    return (
        Text("一、强制措施", bold=True),
        Text(
            f"{arabic(story.days.measure)}，{accused}因涉嫌{story.matter.cause}被{story.police}采取{measure}措施，手续齐全。"
        ),
        Text("二、指控的主要事实", bold=True),
        Text(story.facts(called=story.rival if story.injured else story.role)),
    )


def family_contact_record(story: Story) -> Paper:
    style, days = story.style, story.days
    blocks: tuple[Block, ...] = (
        *style.title("联系家属情况记录"),
        Text(f"受援人：{fill(story.recipient.name)}　　案由：{fill(story.matter.cause)}", indent=0),
        Text(f"联系时间：{fill(style.day(days.meeting))}　　联系方式：{fill('电话')}", indent=0),
        Text(f"家属姓名：{fill(story.recipient.name[0] + '先生')}　　与受援人关系：{fill('父亲')}", indent=0),
        Gap(20),
        Text("联系内容：承办人告知家属法律援助机构已经指派律师为受援人提供辩护，说明了案件目前所处的阶段、涉嫌的罪名和会见的情况，转达了受援人的问候，"
             "并就赔偿被害人损失、取得谅解等问题听取了家属的意见。家属表示感谢，愿意配合。"),
        Gap(40),
        lawyer_signs(story, days.meeting),
    )  # fmt: skip
    fields = stated(story, "recipient_name", "cause", on=days.meeting)
    return Paper("family_contact_record", "联系家属情况记录", blocks, fields, form=style.handwritten)
