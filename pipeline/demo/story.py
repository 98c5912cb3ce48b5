"""One invented case, whole: who, what, where, when, under which numbers. Every paper is told from it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipeline.demo.blocks import Seal
from pipeline.demo.calendar import Days, make_days
from pipeline.demo.chance import chance, pick
from pipeline.demo.matters import CIVIL, CRIMES, EMPLOYERS, LABOUR, Matter
from pipeline.demo.people import Person, firm, person
from pipeline.demo.styles import STYLES, Style, arabic
from schemas.case import STAGE_TITLES, Kind, Origin, Stage

ROLES: dict[tuple[Kind, Stage | None], str] = {
    (Kind.CRIMINAL_DEFENCE, Stage.INVESTIGATION): "犯罪嫌疑人",
    (Kind.CRIMINAL_DEFENCE, Stage.PROSECUTION): "犯罪嫌疑人",
    (Kind.CRIMINAL_DEFENCE, Stage.TRIAL_FIRST): "被告人",
    (Kind.CIVIL, Stage.TRIAL_FIRST): "原告",
    (Kind.LABOUR_ARBITRATION, None): "申请人",
}


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

    @property
    def criminal(self) -> bool:
        return self.kind is Kind.CRIMINAL_DEFENCE

    @property
    def labour(self) -> bool:
        return self.kind is Kind.LABOUR_ARBITRATION

    @property
    def notified(self) -> bool:
        return self.origin is Origin.NOTIFIED

    @property
    def role(self) -> str:
        return ROLES[self.kind, self.stage]

    @property
    def capacity(self) -> str:
        return "辩护人" if self.criminal else "委托诉讼代理人" if not self.labour else "委托代理人"

    @property
    def lawyer_label(self) -> str:
        """What the office calls the lawyer; 辩护人 only where someone is defended."""
        label = self.style.lawyer_label
        return "代理人" if label == "辩护人" and not self.criminal else label

    @property
    def stage_title(self) -> str:
        """审查起诉阶段 and the like; for arbitration, that."""
        return "劳动争议仲裁" if self.stage is None else STAGE_TITLES[self.stage]

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
    def organ(self) -> str:
        """The organ that handles the case (办案机关)."""
        if self.labour:
            return self.tribunal
        return {Stage.INVESTIGATION: self.police, Stage.PROSECUTION: self.procuratorate}.get(
            self.stage or Stage.TRIAL_FIRST, self.court
        )

    @property
    def class_(self) -> str:
        return "刑" if self.criminal else "民"

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
    def court_number(self) -> str:
        word = "刑初" if self.criminal else "民初"
        return f"（{self.days.hearing.year}）粤{self.style.court_code}{word}{self.organ_running}号"

    @property
    def tribunal_number(self) -> str:
        return f"{self.style.short[-1]}劳人仲案字〔{self.days.hearing.year}〕{self.organ_running}号"

    @property
    def organ_case_number(self) -> str | None:
        """The organ's number of the case, where the organ has one by then."""
        if self.labour:
            return self.tribunal_number
        if self.stage is Stage.TRIAL_FIRST:
            return self.court_number
        return self.indictment_number if self.stage is Stage.PROSECUTION else None

    def told(self, text: str) -> str:
        """`text` of a matter with the names, place, day and money of this case."""
        return text.format(
            r=self.recipient.name,
            o=self.other_name,
            place=self.area,
            day=arabic(self.days.act),
            money=self.money,
        )

    def facts(self, *, called: str) -> str:
        """The facts, with the recipient introduced as `called` (被告人 and the like)."""
        return self.told(self.matter.facts).replace(self.recipient.name, called + self.recipient.name, 1)

    def office_seal(self) -> Seal:
        return Seal(self.style.office, "office_seal", bottom="")

    def organ_seal(self, organ: str, *, grey: bool = False) -> Seal:
        return Seal(organ, "organ_seal", grey=grey)

    def firm_seal(self) -> Seal:
        return Seal(self.firm, "firm_seal")


def _matter(rng: np.random.Generator, kind: Kind) -> Matter:
    if kind is Kind.CRIMINAL_DEFENCE:
        return pick(rng, CRIMES)
    return pick(rng, LABOUR if kind is Kind.LABOUR_ARBITRATION else CIVIL)


def make_story(seed: object, kind: Kind, stage: Stage | None, origin: Origin, style: str) -> Story:
    """A case of `kind` at `stage` that came to office `style` by `origin`; the same arguments give the same case."""
    key = f"{seed}|{kind}|{stage}|{style}"
    rng = chance("story", key, origin)
    office = STYLES[style]
    matter = _matter(rng, kind)
    elderly = matter.cause == "赡养费纠纷"
    born = (1940, 1956) if elderly else (1966, 2000)
    recipient = person(rng, office.city, rare=0.45, oldest=born[0], youngest=born[1])
    other, lawyer, *rest = (person(rng, office.city) for _ in range(8))
    return Story(
        seed=key, kind=kind, stage=stage, origin=origin, style=office, recipient=recipient, other=other,
        other_name=pick(rng, EMPLOYERS) if kind is Kind.LABOUR_ARBITRATION else other.name, lawyer=lawyer,
        licence=f"14408{int(rng.integers(2008, 2021))}{int(rng.integers(10**7, 10**8))}", firm=firm(rng),
        colleague=rest[0].name, staff=rest[1].name, head=rest[2].name, judge=rest[3].name, clerk=rest[4].name,
        prosecutor=rest[5].name, matter=matter, money=int(rng.integers(*matter.money)) // 10 * 10,
        days=make_days(rng, kind, stage, int(rng.choice([2023, 2024, 2024, 2025]))),
        running=int(rng.integers(3, 260)), organ_running=int(rng.integers(21, 890)),
        custody=origin is Origin.NOTIFIED and kind is Kind.CRIMINAL_DEFENCE,
        plea=kind is Kind.CRIMINAL_DEFENCE and bool(rng.random() < 0.4),  # noqa: PLR2004 - two cases in five
    )  # fmt: skip
