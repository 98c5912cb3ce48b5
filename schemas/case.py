"""A case (案件): its kind, stage and origin, and the facts that decide which papers it needs."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo, field_validator

from schemas.base import Frozen, Place, Score, State
from schemas.materials import OTHER, load_materials


class Kind(StrEnum):
    """Case kind (案件类别)."""

    CRIMINAL_DEFENCE = "criminal_defence"
    CRIMINAL_REPRESENTATION = "criminal_representation"
    CRIMINAL_CIVIL = "criminal_civil"
    CIVIL = "civil"
    LABOUR_ARBITRATION = "labour_arbitration"
    ADMINISTRATIVE = "administrative"
    ADMINISTRATIVE_RECONSIDERATION = "administrative_reconsideration"
    NON_LITIGATION = "non_litigation"
    ENFORCEMENT = "enforcement"
    DUTY_HELP = "duty_help"
    PLEA_HELP = "plea_help"
    DRAFTING = "drafting"
    CONSULTATION = "consultation"


class Stage(StrEnum):
    """Stage of the proceedings (办案阶段)."""

    INVESTIGATION = "investigation"
    PROSECUTION = "prosecution"
    TRIAL_FIRST = "trial_first"
    TRIAL_SECOND = "trial_second"
    DEATH_REVIEW = "death_review"
    RETRIAL = "retrial"


class Origin(StrEnum):
    """How the case came to the office (案件来源)."""

    APPLIED = "applied"
    NOTIFIED = "notified"
    TRANSFERRED = "transferred"
    URGENT = "urgent"


class Custody(StrEnum):
    """Coercive measure the recipient is under (强制措施)."""

    DETAINED = "detained"
    BAIL = "bail"
    RESIDENTIAL = "residential"
    NONE = "none"


class Binding(StrEnum):
    """How the volumes of a closing file are bound (装订方式), where a standard has several."""

    COMBINED = "combined"
    """All volumes in one (二卷合一)."""
    SEPARATE = "separate"
    """Each by itself; the lawyer hands in his own (审批卷、承办卷分别立卷)."""


KIND_TITLES: dict[Kind, str] = {
    Kind.CRIMINAL_DEFENCE: "刑事辩护",
    Kind.CRIMINAL_REPRESENTATION: "刑事代理",
    Kind.CRIMINAL_CIVIL: "刑事附带民事诉讼",
    Kind.CIVIL: "民事诉讼",
    Kind.LABOUR_ARBITRATION: "劳动争议仲裁",
    Kind.ADMINISTRATIVE: "行政诉讼",
    Kind.ADMINISTRATIVE_RECONSIDERATION: "行政复议",
    Kind.NON_LITIGATION: "非诉讼法律事务",
    Kind.ENFORCEMENT: "执行",
    Kind.DUTY_HELP: "值班律师法律帮助",
    Kind.PLEA_HELP: "认罪认罚见证",
    Kind.DRAFTING: "代拟法律文书",
    Kind.CONSULTATION: "法律咨询",
}

STAGE_TITLES: dict[Stage, str] = {
    Stage.INVESTIGATION: "侦查阶段",
    Stage.PROSECUTION: "审查起诉阶段",
    Stage.TRIAL_FIRST: "一审阶段",
    Stage.TRIAL_SECOND: "二审阶段",
    Stage.DEATH_REVIEW: "死刑复核阶段",
    Stage.RETRIAL: "再审阶段",
}

STAGELESS_KINDS = frozenset(
    {
        Kind.LABOUR_ARBITRATION, Kind.ADMINISTRATIVE_RECONSIDERATION, Kind.NON_LITIGATION, Kind.ENFORCEMENT,
        Kind.DRAFTING, Kind.CONSULTATION,
    }
)  # fmt: skip
"""Kinds of case that have no stages: an unknown stage is nothing to ask about."""

ORIGIN_TITLES: dict[Origin, str] = {
    Origin.APPLIED: "申请类",
    Origin.NOTIFIED: "通知类",
    Origin.TRANSFERRED: "转交申请",
    Origin.URGENT: "先行提供",
}

FACT_TITLES: dict[str, str] = {
    "kind": "案件类别",
    "stage": "办案阶段",
    "origin": "案件来源",
    "custody": "强制措施",
    "means_check": "经济困难状况核查方式",
    "result": "结案方式",
    "representation": "刑事代理类别",
    "minor": "受援人系未成年人",
    "incapacitated": "受援人无民事行为能力或者限制民事行为能力",
    "sense_disabled": "受援人系视力、听力、言语残疾人",
    "illiterate": "受援人不识字",
    "interpreter": "使用翻译或者手语",
    "agent_applied": "由代理人代为申请",
    "plea": "认罪认罚",
    "hearing_held": "已开庭审理",
    "evidence_taken": "承办人调查取证",
    "discussion_needed": "属于应当集体讨论的案件",
    "lawyer_changed": "更换法律援助人员",
    "aid_terminated": "终止法律援助",
    "supplement_asked": "曾要求补充材料",
    "withdrawn": "撤诉",
    "settled": "调解或者和解结案",
    "compensated": "有赔偿或者谅解",
    "appealable": "裁判可以上诉",
    "family_known": "有家属联系方式",
    "motion_made": "承办人提出过申请",
    "pretrial_conference_held": "召开庭前会议",
    "file_review_due": "应当阅卷",
    "organ_handles": "有办案机关",
    "life_or_death": "可能判处无期徒刑、死刑",
}
"""Every fact that a condition of a standard may name, with its Chinese title. All but the first seven are yes or no."""

FACT_VALUES: dict[str, tuple[str, ...]] = {
    "kind": tuple(Kind),
    "stage": tuple(Stage),
    "origin": tuple(Origin),
    "custody": tuple(Custody),
    "means_check": ("check", "commitment", "exempt_check", "no_condition"),
    "result": (
        "judgment", "ruling", "mediation", "settlement", "withdrawal", "award", "indicted", "not_indicted",
        "transferred", "dismissed", "terminated", "other",
    ),
    "representation": ("victim", "private_prosecutor", "petitioner", "compulsory_treatment"),
}  # fmt: skip
"""The values of the facts that are not yes or no."""


class Fact(Frozen):
    """One fact of the case, three-valued: FOUND with its value, UNCERTAIN with or without a likely value.

    A yes-or-no fact that the papers rule out is FOUND with value False. MISSING is not used: what the papers do not
    tell is UNCERTAIN with value None.
    """

    value: str | bool | None
    state: State
    score: Score = 1.0
    evidence: tuple[Place, ...] = ()
    source: str = ""
    """Why, in one Chinese clause, e.g. `判决书载明“公开开庭进行了审理”`."""
    given: bool = False
    """True where a person or `--case` said so; such a fact is certain."""
    rivals: tuple[str, ...] = ()
    """Of an uncertain value: the others that the papers leave open, where they surely rule out all the rest. Empty: they do not."""


class CaseFacts(Frozen):
    """All facts known of a case. A fact that is absent is unknown."""

    facts: dict[str, Fact] = Field(default_factory=dict)

    def certain(self, name: str) -> str | bool | None:
        """The value of `name` if it is FOUND, else None (unknown)."""
        fact = self.facts.get(name)
        return fact.value if fact is not None and fact.state is State.FOUND else None

    def likely(self, name: str) -> str | bool | None:
        """The value of `name` whatever its state, None if nothing is known."""
        fact = self.facts.get(name)
        return fact.value if fact is not None else None


class KnownRecipient(Frozen):
    name: str | None = None
    id_number: str | None = None
    minor: bool | None = None
    sense_disabled: bool | None = None
    custody: Custody | None = None


def _iso_date(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


class KnownLawyer(Frozen):
    name: str | None = None
    firm: str | None = None
    practising_since: Annotated[date | None, BeforeValidator(_iso_date)] = None
    """The first day of practice (执业日期), from the office's roster."""


class KnownSubsidy(Frozen):
    """What the amount of the subsidy depends on and no paper tells. Every key is optional; what is given is certain."""

    region: str | None = None
    """Tier of the region, as the rate table calls it."""
    recipients: Annotated[int, Field(ge=1)] | None = None
    """How many recipients (受援人) the case has."""
    batch: bool | None = None
    """One of several cases on the same facts with the same lawyer (群体性、系列案件)."""
    batch_position: Annotated[int, Field(ge=1)] | None = None
    """Its place among them, from 1."""
    cross_region: bool | None = None
    travel_cost: Annotated[Decimal, Field(ge=0, decimal_places=2)] | None = None
    """Proven, in yuan."""
    interpreter_cost: Annotated[Decimal, Field(ge=0, decimal_places=2)] | None = None
    work_done: str | None = None
    """Of a terminated case: none, some, most, all."""
    summary_procedure: bool | None = None
    late_excused: bool | None = None
    """Whether the office accepts the reason for filing late."""
    quality_grade: str | None = None
    """Grade of quality, as the rate table calls it."""
    office_staff: bool | None = None
    """The case was handled by public staff (公职人员)."""
    same_lawyer: bool | None = None
    """The same lawyer handled the stage before."""


def _material_ids(value: object) -> object:
    """Titles of papers as their ids; what is neither stays, and is refused."""
    if not isinstance(value, dict):
        return value
    known = load_materials()
    by_title = {title: id_ for id_, material in reversed(known.items()) for title in material.titles}
    return {page: by_title.get(name, name) if isinstance(name, str) else name for page, name in value.items()}


def _known_material(name: str) -> str:
    if name != OTHER and name not in load_materials():
        raise ValueError(f"“{name}”不是材料的名称或者代号")
    return name


class KnownCase(Frozen):
    """Case facts that someone gave (`--case FILE`). Every key is optional; what is given is certain."""

    kind: Kind | None = None
    stage: Stage | None = None
    origin: Origin | None = None
    recipient: KnownRecipient = KnownRecipient()
    lawyer: KnownLawyer = KnownLawyer()
    subsidy: KnownSubsidy = KnownSubsidy()
    papers: Annotated[
        dict[Annotated[int, Field(ge=1)], Annotated[str, AfterValidator(_known_material)]],
        BeforeValidator(_material_ids),
    ] = Field(default_factory=dict)
    """What pages surely are, because a person has looked (`--as 12=会见笔录`): page to the paper's title or id."""
    case_number: str | None = None
    cause: str | None = None
    organ_name: str | None = None
    organ_case_number: str | None = None
    assigned_on: Annotated[date | None, BeforeValidator(_iso_date)] = None
    closed_on: Annotated[date | None, BeforeValidator(_iso_date)] = None
    submitted_on: Annotated[date | None, BeforeValidator(_iso_date)] = None
    binding: Binding | None = None
    means_check: str | None = None
    result: str | None = None
    representation: str | None = None
    incapacitated: bool | None = None
    illiterate: bool | None = None
    interpreter: bool | None = None
    agent_applied: bool | None = None
    plea: bool | None = None
    hearing_held: bool | None = None
    evidence_taken: bool | None = None
    discussion_needed: bool | None = None
    lawyer_changed: bool | None = None
    aid_terminated: bool | None = None
    supplement_asked: bool | None = None
    withdrawn: bool | None = None
    settled: bool | None = None
    compensated: bool | None = None
    appealable: bool | None = None
    family_known: bool | None = None
    motion_made: bool | None = None
    pretrial_conference_held: bool | None = None
    file_review_due: bool | None = None
    organ_handles: bool | None = None
    life_or_death: bool | None = None

    @field_validator("means_check", "result", "representation")
    @classmethod
    def _known_value(cls, value: str | None, info: ValidationInfo) -> str | None:
        """A slip of the pen must not silently decide which papers are due."""
        allowed = FACT_VALUES[str(info.field_name)]
        if value is not None and value not in allowed:
            raise ValueError(f"可用的取值：{'、'.join(allowed)}")
        return value
