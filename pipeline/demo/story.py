"""One invented case, whole: who, what, where, when, under which numbers. Every paper is told from it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

import numpy as np

from pipeline.demo.blocks import Seal
from pipeline.demo.calendar import Days, make_days
from pipeline.demo.chance import chance, pick
from pipeline.demo.matters import EMPLOYERS, Matter, matter_of
from pipeline.demo.people import Person, firm, person, with_check_digit
from pipeline.demo.proceedings import ACCUSED, HELPED, INJURED, PROCEEDINGS, Proceeding
from pipeline.demo.styles import STYLES, Style, arabic
from schemas.case import KIND_TITLES, STAGE_TITLES, Kind, Origin, Stage

DECIDERS = {
    "tribunal": ("本委", "委", "仲裁员"), "government": ("本机关", "机关", "承办人"), "mediators": ("本会", "会", "调解员"),
    "police": ("我局", "局", "承办民警"),
}  # fmt: skip
"""What an organ calls itself, what a letter calls it, and who decides there; courts are the rule."""


@dataclass(frozen=True)
class Story:
    """A case and everyone in it."""

    seed: str
    kind: Kind
    stage: Stage | None
    origin: Origin
    style: Style
    recipient: Person
    other: Person
    other_name: str
    """The victim, the defendant, or the employer."""
    lawyer: Person
    licence: str
    firm: str
    colleague: str
    """Who took the record at meetings."""
    staff: str
    head: str
    judge: str
    clerk: str
    prosecutor: str
    matter: Matter
    money: int
    days: Days
    running: int
    organ_running: int
    custody: bool
    plea: bool
    minor: bool = False
    written: bool = False
    """Decided on the file alone, although such cases are often heard."""
    told_only: bool = False
    """The recipient consented in the first meeting, and no paper of its own says so."""

    @property
    def proceeding(self) -> Proceeding:
        return PROCEEDINGS[self.kind, self.stage]

    @property
    def criminal(self) -> bool:
        """Whether the recipient is accused of a crime."""
        return self.kind in ACCUSED

    @property
    def injured(self) -> bool:
        """Whether the recipient is the victim of a crime."""
        return self.kind in INJURED

    @property
    def helped(self) -> bool:
        """Whether a duty lawyer helps, without an assignment."""
        return self.kind in HELPED

    @property
    def labour(self) -> bool:
        return self.kind is Kind.LABOUR_ARBITRATION

    @property
    def heard(self) -> bool:
        """Whether there was a hearing."""
        return self.proceeding.heard and not self.written

    @property
    def openly(self) -> str:
        """How the hearing was held: never in the open where a minor is accused."""
        return "不公开" if self.minor else "公开"

    @property
    def notified(self) -> bool:
        return self.origin is Origin.NOTIFIED

    @property
    def role(self) -> str:
        return self.proceeding.role

    @property
    def capacity(self) -> str:
        return self.proceeding.capacity

    @property
    def rival(self) -> str:
        """What the other side is called, where there is one."""
        if self.criminal or self.injured:
            return "被告人"
        return {"原告": "被告", "申请执行人": "被执行人"}.get(self.role, "被" + self.role.removeprefix("再审"))

    @property
    def lawyer_label(self) -> str:
        """What the office calls the lawyer; 辩护人 only where someone is defended."""
        label = self.style.lawyer_label
        return "代理人" if label == "辩护人" and not self.criminal else label

    @property
    def stage_title(self) -> str:
        """审查起诉阶段 and the like; the kind of case where it has no stages."""
        return KIND_TITLES[self.kind] if self.stage is None else STAGE_TITLES[self.stage]

    @property
    def area(self) -> str:
        return self.style.city + self.style.district

    @property
    def court(self) -> str:
        return f"{self.area}人民法院"

    @property
    def procuratorate(self) -> str:
        return f"{self.area}人民检察院"

    @property
    def police(self) -> str:
        if self.style.district.endswith("县"):
            return f"{self.style.district}公安局"
        return f"{self.style.city}公安局{self.style.district[:-1]}分局"

    @property
    def tribunal(self) -> str:
        return f"{self.area}劳动人事争议仲裁委员会"

    @property
    def jail(self) -> str:
        return f"{self.style.city}第一看守所"

    @property
    def higher_court(self) -> str:
        return f"{self.style.city}中级人民法院"

    @property
    def government(self) -> str:
        return f"{self.area}人民政府"

    @property
    def mediators(self) -> str:
        return f"{self.area}劳动争议人民调解委员会"

    @property
    def supreme_court(self) -> str:
        return "最高人民法院"

    @property
    def organ(self) -> str:
        """The organ that handles the case (办案机关)."""
        return str(getattr(self, self.proceeding.organ))

    @property
    def here(self) -> str:
        """What the organ calls itself."""
        return DECIDERS.get(self.proceeding.organ, ("本院", "院", "审判员"))[0]

    @property
    def decider(self) -> str:
        return DECIDERS.get(self.proceeding.organ, ("本院", "院", "审判员"))[2]

    @property
    def class_(self) -> str:
        return self.proceeding.series

    @property
    def year(self) -> int:
        return self.days.assigned.year

    @property
    def case_number(self) -> str:
        return self.style.case_number(self.class_, self.year, self.running)

    def number(self, word: str, shift: int = 0) -> str:
        """The number of a paper of the office; series run apart, by `shift`, unless one number serves them all."""
        shift = 0 if self.style.numbers == "single" else shift
        return self.style.number(word, self.class_, self.year, self.running + shift)

    @property
    def police_number(self) -> str:
        return f"{self.style.short[-1]}公（刑）诉字〔{self.days.opinion.year}〕{self.organ_running + 61:05d}号"

    @property
    def indictment_number(self) -> str:
        return f"{self.style.short[-1]}检刑诉〔{self.days.indictment.year}〕{self.organ_running + 12}号"

    @property
    def organ_case_number(self) -> str | None:
        """The organ's number of the case, where the organ has one by then."""
        word, year, running = self.proceeding.word, self.days.hearing.year, self.organ_running
        if self.proceeding.organ in {"tribunal", "government"}:
            return f"{self.style.short[-1]}{word}〔{year}〕{running}号"
        if self.proceeding.organ == "supreme_court":
            return f"（{year}）最高法{word}{running:08d}号"
        if word:
            code = self.style.court_code[:2] if self.proceeding.organ == "higher_court" else self.style.court_code
            return f"（{year}）粤{code}{word}{running}号"
        return self.indictment_number if self.stage is Stage.PROSECUTION and not self.helped else None

    def told(self, text: str) -> str:
        """`text` of a matter with the names, place, day and money of this case."""
        actor, other = self.recipient.name, self.other_name
        if self.injured:
            actor, other = other, actor
        if not self.plea:
            text = text.replace("认罪认罚", "认罪悔罪")
        return text.format(r=actor, o=other, place=self.area, day=arabic(self.days.act), money=self.money)

    def facts(self, *, called: str) -> str:
        """The facts, with the one who is accused, or the recipient, introduced as `called` (被告人 and the like)."""
        subject = self.other_name if self.injured else self.recipient.name
        return self.told(self.matter.facts).replace(subject, called + subject, 1)

    def office_seal(self) -> Seal:
        return Seal(self.style.office, "office_seal", bottom="")

    def organ_seal(self, organ: str, *, grey: bool = False) -> Seal:
        return Seal(organ, "organ_seal", grey=grey)

    def firm_seal(self) -> Seal:
        return Seal(self.firm, "firm_seal")


PLEA_STAGES = {Stage.INVESTIGATION, Stage.PROSECUTION, Stage.TRIAL_FIRST}


def _other_name(rng: np.random.Generator, kind: Kind, office: Style, other: Person) -> str:
    """Whom the case is against, or who is its victim: a person, an employer, an authority."""
    if kind in {Kind.LABOUR_ARBITRATION, Kind.NON_LITIGATION}:
        return pick(rng, EMPLOYERS)
    if kind in {Kind.ADMINISTRATIVE, Kind.ADMINISTRATIVE_RECONSIDERATION}:
        return f"{office.city}{office.district}人力资源和社会保障局"
    return other.name


def make_story(seed: object, kind: Kind, stage: Stage | None, origin: Origin, style: str) -> Story:
    """A case of `kind` at `stage` that came to office `style` by `origin`; the same arguments give the same case."""
    key = f"{seed}|{kind}|{stage}|{style}"
    rng = chance("story", key, origin)
    office = STYLES[style]
    matter = matter_of(rng, kind, stage)
    elderly = matter.cause == "赡养费纠纷"
    born = (1940, 1956) if elderly else (1966, 2000)
    recipient = person(rng, office.city, rare=0.45, oldest=born[0], youngest=born[1])
    other, lawyer, *rest = (person(rng, office.city) for _ in range(8))
    story = Story(
        seed=key, kind=kind, stage=stage, origin=origin, style=office, recipient=recipient, other=other,
        other_name=_other_name(rng, kind, office, other), lawyer=lawyer,
        licence=f"14408{int(rng.integers(2008, 2021))}{int(rng.integers(10**7, 10**8))}", firm=firm(rng),
        colleague=rest[0].name, staff=rest[1].name, head=rest[2].name, judge=rest[3].name, clerk=rest[4].name,
        prosecutor=rest[5].name, matter=matter, money=int(rng.integers(*matter.money)) // 10 * 10,
        days=make_days(rng, kind, stage, int(rng.choice([2023, 2024, 2024, 2025]))),
        running=int(rng.integers(3, 260)), organ_running=int(rng.integers(21, 890)),
        custody=origin is not Origin.APPLIED and kind in ACCUSED,
        plea=kind is Kind.PLEA_HELP or (stage in PLEA_STAGES and kind in ACCUSED and bool(rng.random() < 0.4)),  # noqa: PLR2004 - two cases in five
    )  # fmt: skip
    return _varied(story, chance("traits", key, origin))


def _varied(story: Story, rng: np.random.Generator) -> Story:
    """`story` with what some cases have and others have not."""
    minor, written, told_only = (bool(rng.random() < share) for share in (0.2, 0.5, 0.35))
    notified_defence = story.kind is Kind.CRIMINAL_DEFENCE and story.notified
    story = replace(
        story,
        written=written and story.stage is Stage.TRIAL_SECOND,
        told_only=told_only and notified_defence,
    )
    return _young(story, rng) if minor and notified_defence and story.stage in PLEA_STAGES else story


def _young(story: Story, rng: np.random.Generator) -> Story:
    """`story` of somebody of sixteen or seventeen, about whom nothing is said that only fits a grown-up."""
    born = story.days.act - timedelta(days=int(rng.integers(16 * 366, 17 * 365)))
    who = story.recipient
    number = with_check_digit(f"{who.id_number[:6]}{born:%Y%m%d}{who.id_number[14:17]}")
    arguments = tuple(each for each in story.matter.arguments if "未成年" not in each)
    young = replace(who, born=born, id_number=number, work="学生")
    return replace(story, recipient=young, minor=True, matter=replace(story.matter, arguments=arguments))
