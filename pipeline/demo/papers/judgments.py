"""How cases end (结案法律文书): judgments of each instance, awards, decisions, rulings, mediation agreements."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from pipeline.demo.blocks import Block, Gap, Paper, Signature, SignOff, Text, Title
from pipeline.demo.papers.forms import Fields, number_line, recipient_signs, stated
from pipeline.demo.papers.organ import ORGAN_FACE
from pipeline.demo.story import Story
from pipeline.demo.styles import arabic, chinese
from schemas.case import Kind, Stage

BEYOND = {Stage.TRIAL_SECOND, Stage.RETRIAL}


def _evidence(story: Story) -> list[str]:
    return [story.told(item) for item in story.matter.evidence]


def _accused(story: Story) -> str:
    who, days = (story.other if story.injured else story.recipient), story.days
    held = f"现羁押于{story.jail}" if story.custody else "现取保候审在家"
    called = story.role if story.criminal else "被告人"
    if story.stage is Stage.TRIAL_SECOND:
        called += "（原审被告人）"
    return (
        f"{called}{who.name}，{who.sex}，{arabic(who.born)}出生，公民身份号码{who.id_number}，汉族，{who.schooling}文化，{who.work}，"
        f"住{who.address}。因涉嫌犯{story.matter.cause}于{arabic(days.measure)}被采取强制措施，{held}。"
    )


def _agent(story: Story) -> str:
    return f"{story.capacity}{story.lawyer.name}，系{story.style.office}指派的{story.firm}律师。"


def _parties(story: Story) -> tuple[Text, ...]:
    who, other = story.recipient, story.other
    if story.criminal:
        opened = "原公诉机关" if story.stage in {*BEYOND, Stage.DEATH_REVIEW} else "公诉机关"
        return (Text(f"{opened}{story.procuratorate}。"), Text(_accused(story)), Text(_agent(story)))
    if story.injured:
        victim = f"{story.role}{who.name}，{who.sex}，{arabic(who.born)}出生，汉族，住{who.address}。"
        return (Text(f"公诉机关{story.procuratorate}。"), Text(victim), Text(_agent(story)), Text(_accused(story)))
    against = f"{story.rival}：{story.other_name}，住所地广东省{story.style.city}。"
    if story.other_name == other.name:
        against = f"{story.rival}：{other.name}，{other.sex}，{arabic(other.born)}出生，汉族，住{other.address}。"
    return (
        Text(
            f"{story.role}：{who.name}，{who.sex}，{arabic(who.born)}出生，汉族，住{who.address}，公民身份号码{who.id_number}。"
        ),
        Text(f"{story.capacity}：{story.lawyer.name}，{story.firm}律师，由{story.style.office}指派。"),
        Text(against),
    )


def _course(story: Story) -> str:
    days, name = story.days, story.recipient.name
    if story.criminal and story.stage in BEYOND:
        before = f"{story.court}审理{story.procuratorate}指控被告人{name}犯{story.matter.cause}一案，于{arabic(days.earlier)}作出（{days.earlier.year}）粤{story.style.court_code}刑初{story.organ_running + 9}号刑事判决。"
        moved = (
            "被告人不服，提出上诉。"
            if story.stage is Stage.TRIAL_SECOND
            else f"本院于{arabic(days.ordered)}作出再审决定，对本案提起再审。"
        )
        heard = (
            f"于{arabic(days.hearing)}公开开庭审理了本案。{story.role}{name}及其辩护人{story.lawyer.name}到庭参加诉讼。"
        )
        if not story.heard:
            heard = (
                f"经过阅卷，讯问{story.role}{name}，听取辩护人{story.lawyer.name}的意见，认为事实清楚，决定不开庭审理。"
            )
        return f"{before}{moved}本院依法组成合议庭，{heard}现已审理终结。"
    if story.class_ == "刑":
        accused = story.other_name if story.injured else name
        joined = f"被告人{accused}" + (f"、{story.role}{name}" if story.injured else "")
        return (
            f"{story.procuratorate}以{story.indictment_number}起诉书指控被告人{accused}犯{story.matter.cause}，于{arabic(days.indictment)}向本院提起公诉。"
            f"本院受理后，依法适用{'简易' if story.plea else '普通'}程序，于{arabic(days.hearing)}{story.openly}开庭审理了本案。{story.procuratorate}指派检察员{story.prosecutor}出庭支持公诉，"
            f"{joined}及其{story.capacity}{story.lawyer.name}到庭参加诉讼。现已审理终结。"
        )
    return (
        f"{story.role}{name}与{story.other_name}{story.matter.cause}一案，{_before(story)}{story.here}于{arabic(days.accepted)}立案受理后，"
        f"依法由{story.decider}{story.judge}独任审理，{_held(story)}本案现已审理终结。"
    )


def _before(story: Story) -> str:
    if story.stage not in BEYOND:
        return ""
    asked = "提起上诉" if story.stage is Stage.TRIAL_SECOND else "申请再审"
    return f"不服{story.court}（{story.days.earlier.year}）粤{story.style.court_code}民初{story.organ_running + 9}号民事判决，向本院{asked}。"


def _held(story: Story) -> str:
    if not story.heard:
        return "依法不开庭进行了审理。" if story.here == "本院" else "依法进行了书面审查。"
    return f"于{arabic(story.days.hearing)}公开开庭进行了审理。{story.role}{story.recipient.name}及其{story.capacity}{story.lawyer.name}到庭参加。"


def _reasons(story: Story) -> tuple[Text, ...]:
    evidence = "；".join(f"（{index}）{item}" for index, item in enumerate(_evidence(story), 1))
    charged = story.class_ == "刑" and not story.proceeding.lodged
    claim = "公诉机关指控" if charged else f"{story.role}{story.recipient.name}请求"
    wanted = "" if charged else "".join(story.told(each) for each in story.matter.claims) + "事实和理由："
    said = "，".join(story.told(each).rstrip("。") for each in story.matter.arguments[:2])
    judged = "被告人" if story.class_ == "刑" else ""
    seen = "经庭审质证、" if story.heard else "经"
    return (
        Text(f"{claim}：{wanted}{story.facts(called='')}"),
        Text(f"{story.capacity}提出的意见是：{said}。"),
        Text(f"经审理查明：{story.facts(called=judged)}"),
        Text(f"上述事实，有{seen}{story.here}予以确认的下列证据证实：{evidence}。以上证据来源合法，内容客观真实，能够相互印证，{story.here}予以采信。"),
        *(Text(f"关于{story.capacity}提出的意见。{story.told(each)}经查，与审理查明的事实相符，{story.here}予以采纳。") for each in story.matter.arguments),
    )  # fmt: skip


REMEDIES = {
    Kind.LABOUR_ARBITRATION: "劳动者对本裁决不服的，可以自收到本裁决书之日起十五日内向人民法院提起诉讼；逾期不起诉的，本裁决书发生法律效力。",
    Kind.ADMINISTRATIVE_RECONSIDERATION: "申请人对本决定不服的，可以自收到本决定书之日起十五日内向人民法院提起行政诉讼。",
}  # fmt: skip


def _remedy(story: Story) -> str:
    if story.kind in REMEDIES:
        return REMEDIES[story.kind]
    if story.stage in BEYOND:
        return "本判决为终审判决。"
    if story.class_ == "刑":
        return f"如不服本判决，可在接到判决书的第二日起十日内，通过本院或者直接向{story.higher_court}提出上诉。书面上诉的，应当提交上诉状正本一份，副本二份。"
    return f"如不服本判决，可以在判决书送达之日起十五日内，向本院递交上诉状，并按照对方当事人的人数提出副本，上诉于{story.higher_court}。"


def _result(story: Story) -> tuple[str, ...]:
    own = story.told(story.matter.result)
    if story.stage in BEYOND:
        number = f"（{story.days.earlier.year}）粤{story.style.court_code}{'刑' if story.class_ == '刑' else '民'}初{story.organ_running + 9}号"
        return (f"一、撤销{story.court}{number}判决；", f"二、{own}")
    if story.kind is Kind.CRIMINAL_CIVIL:
        return (
            f"一、{own}",
            f"二、被告人{story.other_name}于本判决生效之日起十日内赔偿附带民事诉讼原告人{story.recipient.name}经济损失人民币{story.money}元。",
        )
    return (own,)


def _verdict(story: Story) -> str:
    if story.class_ == "刑":
        accused = story.other_name if story.injured else story.recipient.name
        return f"被告人{accused}的行为已构成{story.matter.cause}，公诉机关指控的犯罪事实清楚，证据确实、充分，指控罪名成立。"
    if story.class_ == "行":
        return "被诉行政行为应当事实清楚、证据确凿、适用法律正确、程序合法。"
    return "双方之间的法律关系合法有效，受法律保护，义务人应当依法履行义务。"


def outcome_document(story: Story) -> Paper:
    """The judgment, award or decision that ends the case after it was examined."""
    days, number, title = story.days, story.organ_case_number or "", story.proceeding.ending
    decided = {"仲裁裁决书": "裁决", "行政复议决定书": "决定"}.get(title, "判决")
    courts = story.here == "本院"
    blocks: tuple[Block, ...] = (
        Title(story.organ, size=58, face=ORGAN_FACE, after=20),
        Title(title, size=70, spaced=True, face=ORGAN_FACE),
        number_line(number),
        Gap(24),
        *_parties(story),
        Text(_course(story)),
        *_reasons(story),
        Text(f"{story.here}认为，{_verdict(story)}根据案件的事实、性质、情节，依照{story.matter.law}之规定，{decided}如下："),
        *(Text(each) for each in _result(story)),
        Text(_remedy(story)),
        Gap(40),
        SignOff(
            () if title == "行政复议决定书" else (f"{story.decider}　{story.judge}",),
            chinese(days.outcome),
            story.organ_seal(story.organ),
        ),
        *((Text("本件与原本核对无异", indent=1),) if courts else ()),
        *(() if title == "行政复议决定书" else (Text(f"书记员　{story.clerk}", align="right"),)),
    )  # fmt: skip
    return Paper("outcome_document", title, blocks, _stated(story, number), face=ORGAN_FACE, foot=_foot(story))


def _stated(story: Story, number: str) -> Fields:
    return stated(
        story, "recipient_name", "lawyer_name", "firm_name", "cause", "organ_name", "organ_case_number",
        on=story.days.outcome, number=number,
    )  # fmt: skip


def _foot(story: Story) -> Literal["of", "number"]:
    return "of" if story.running % 3 == 0 else "number"


def earlier_judgment(story: Story) -> Paper:
    """The judgment of the first instance, of which a later stage needs a copy."""
    criminal = story.class_ == "刑"
    kind = Kind.CRIMINAL_DEFENCE if criminal else Kind.CIVIL
    days = story.days
    before = replace(days, hearing=days.earlier, outcome=days.earlier, accepted=min(days.accepted, days.earlier))
    first = replace(
        story, kind=kind, stage=Stage.TRIAL_FIRST, days=before, organ_running=story.organ_running + 9,
        lawyer=replace(story.lawyer, name=story.colleague), judge=story.clerk, clerk=story.judge, plea=False,
    )  # fmt: skip
    paper = outcome_document(first)
    fields = {key: value for key, value in paper.fields.items() if key not in {"lawyer_name", "firm_name"}}
    return replace(paper, fields=fields, copy=True, also=("case_basis", "notice_attachment"))


def _short_ruling(story: Story, title: str, number: str, texts: tuple[str, ...], organ: str) -> tuple[Block, ...]:
    return (
        Title(organ, size=58, face=ORGAN_FACE, after=20),
        Title(title, size=70, spaced=True, face=ORGAN_FACE),
        number_line(number),
        Gap(24),
        *_parties(story),
        *(Text(each) for each in texts),
        Gap(40),
    )


def second_ruling(story: Story) -> Paper:
    """The ruling of the second instance that a death sentence's review begins with."""
    days, name = story.days, story.recipient.name
    number = f"（{days.ordered.year}）粤{story.style.court_code[:2]}刑终{story.organ_running + 5}号"
    texts = (
        f"{story.court}审理被告人{name}犯{story.matter.cause}一案，于{arabic(days.earlier)}作出一审刑事判决。被告人{name}不服，提出上诉。本院依法组成合议庭审理了本案，现已审理终结。",
        f"经审理查明：{story.facts(called='被告人')}",
        "本院认为，原审判决认定事实清楚，证据确实、充分，定罪准确，审判程序合法。依照《中华人民共和国刑事诉讼法》第二百三十六条第一款第（一）项之规定，裁定如下：",
        "驳回上诉，维持原判。对被告人的死刑判决，依法报请最高人民法院核准。",
    )
    blocks = (
        *_short_ruling(story, "刑事裁定书", number, texts, story.higher_court),
        SignOff((f"审判长　{story.clerk}",), chinese(days.ordered), story.organ_seal(story.higher_court)),
    )
    fields = stated(story, "recipient_name", "cause", on=days.ordered, number=number) | {
        "organ_name": story.higher_court
    }
    return Paper(
        "outcome_document",
        "刑事裁定书",
        blocks,
        fields,
        face=ORGAN_FACE,
        copy=True,
        also=("notice_attachment", "case_basis"),
    )


def review_ruling(story: Story) -> Paper:
    """最高人民法院's ruling on a death sentence."""
    number, name = story.organ_case_number or "", story.recipient.name
    texts = (
        f"被告人{name}因{story.matter.cause}一案，经{story.higher_court}二审维持死刑判决，依法报请本院核准。本院依法组成合议庭，对本案进行了复核，讯问了被告人，听取了辩护律师的意见。现已复核终结。",
        f"经复核查明：{story.facts(called='被告人')}",
        f"本院认为，被告人{name}的行为构成{story.matter.cause}。鉴于其具有自首等情节，依照《中华人民共和国刑事诉讼法》第二百五十条之规定，裁定如下：",
        f"一、不核准对被告人{name}判处死刑的裁定；",
        f"二、撤销{story.higher_court}维持原判的刑事裁定；",
        f"三、发回{story.higher_court}重新审判。",
        "本裁定自宣告之日起发生法律效力。",
    )
    end = SignOff((f"审判长　{story.judge}",), chinese(story.days.outcome), story.organ_seal(story.organ))
    blocks = (
        *_short_ruling(story, "刑事裁定书", number, texts, story.organ), end, Text(f"书记员　{story.clerk}", align="right"),
    )  # fmt: skip
    return Paper("outcome_document", "刑事裁定书", blocks, _stated(story, number), face=ORGAN_FACE)


def retrial_decision(story: Story) -> Paper:
    days, name = story.days, story.recipient.name
    number = f"（{days.ordered.year}）粤{story.style.court_code[:2]}刑监{story.organ_running}号"
    blocks: tuple[Block, ...] = (
        Title(story.organ, size=58, face=ORGAN_FACE, after=20),
        Title("再审决定书", size=70, spaced=True, face=ORGAN_FACE),
        number_line(number),
        Gap(24),
        Text(f"原审被告人{name}犯{story.matter.cause}一案，{story.court}于{arabic(days.earlier)}作出的刑事判决已经发生法律效力。"
             f"{name}不服，于{arabic(days.appealed)}向本院提出申诉。本院经审查认为，该申诉符合《中华人民共和国刑事诉讼法》第二百五十三条规定的再审条件，决定如下："),
        Text("本案由本院另行组成合议庭再审。"),
        Gap(80),
        SignOff((story.organ,), chinese(days.ordered), story.organ_seal(story.organ)),
    )  # fmt: skip
    fields = stated(story, "recipient_name", "cause", "organ_name", on=days.ordered, number=number)
    return Paper(
        "outcome_document",
        "再审决定书",
        blocks,
        fields,
        face=ORGAN_FACE,
        copy=True,
        also=("notice_attachment", "case_basis"),
    )


def enforcement_ruling(story: Story) -> Paper:
    number, days = story.organ_case_number or "", story.days
    paid = f"{story.rival}已经履行人民币{story.money}元，{story.role}{story.recipient.name}的执行请求已经全部实现。"
    texts = (
        f"本院在执行{story.role}{story.recipient.name}与{story.rival}{story.other_name}{story.matter.cause}一案中，{paid}",
        "依照《中华人民共和国民事诉讼法》第二百六十八条之规定，裁定如下：",
        "本案执行完毕，终结执行程序。",
        "本裁定送达后立即生效。",
    )
    end = SignOff((f"执行员　{story.judge}",), chinese(days.outcome), story.organ_seal(story.organ))
    blocks = (
        *_short_ruling(story, "执行裁定书", number, texts, story.organ), end, Text(f"书记员　{story.clerk}", align="right"),
    )  # fmt: skip
    return Paper("outcome_document", "执行裁定书", blocks, _stated(story, number), face=ORGAN_FACE)


def mediation_agreement(story: Story) -> Paper:
    days, style = story.days, story.style
    blocks: tuple[Block, ...] = (
        Title("人民调解协议书", size=62, face=ORGAN_FACE),
        number_line(f"{style.short[-1]}劳调字〔{days.outcome.year}〕{story.organ_running}号"),
        *_parties(story),
        Text(f"纠纷主要事实、争议事项：{story.facts(called='')}"),
        Text("经本调解委员会主持调解，双方当事人自愿达成如下协议："),
        Text(f"一、{story.other_name}于{arabic(days.told)}前一次性支付{story.recipient.name}人民币{story.money}元；"),
        Text("二、双方就本纠纷再无其他争议，任何一方不得反悔。"),
        Text("履行方式、时限：银行转账，按照上述日期履行。本协议一式三份，双方当事人和本调解委员会各执一份。"),
        Gap(30),
        recipient_signs(story, days.outcome, label="当事人（签名）：", fingerprint=True),
        Signature("当事人（盖章）：", story.other_name[:4], ""),
        SignOff((f"调解员　{story.judge}", story.organ), arabic(days.outcome), story.organ_seal(story.organ)),
    )
    fields = stated(story, "recipient_name", "cause", "organ_name", on=days.outcome)
    return Paper("settlement", "人民调解协议书", blocks, fields, form=True, also=("outcome_document",))
