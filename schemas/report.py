"""The audit report (审查报告), `juanzong.audit/1`: what the contract fixes, and what may be added to it."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import Literal

from pydantic import ConfigDict, Field

from schemas.base import Frozen, Place, Score, State
from schemas.case import Fact, Kind, Origin, Stage
from schemas.decision import Ruling
from schemas.passage import Passage
from schemas.submission import UnusablePart
from schemas.volume import FieldValue, Mark


class Problem(StrEnum):
    """What is wrong (存在问题)."""

    MISSING = "missing"
    INCOMPLETE = "incomplete"
    UNSIGNED = "unsigned"
    UNSEALED = "unsealed"
    UNDATED = "undated"
    INCONSISTENT = "inconsistent"
    OUT_OF_SEQUENCE = "out_of_sequence"
    LATE = "late"
    MISPLACED = "misplaced"
    FOREIGN = "foreign"
    FORBIDDEN = "forbidden"
    DUPLICATE = "duplicate"
    ILLEGIBLE = "illegible"


class Effect(StrEnum):
    """What follows from it: the subsidy waits, it is put right before archiving, or it is only noted."""

    BLOCKS = "blocks"
    CORRECT = "correct"
    NOTE = "note"


class Certainty(StrEnum):
    CERTAIN = "certain"
    UNCERTAIN = "uncertain"


class Duty(StrEnum):
    """Who has to put it right: the lawyer before the subsidy is paid, or the office itself later on."""

    LAWYER = "lawyer"
    OFFICE = "office"


class Standing(StrEnum):
    """What a rule rests on (依据状态): official text, or a reconstruction that the office has yet to confirm."""

    OFFICIAL = "official"
    RECONSTRUCTED = "reconstructed"
    CONFIRMED = "confirmed"


class Decision(StrEnum):
    """Whether the subsidy may be paid (补贴发放意见)."""

    PAYABLE = "payable"
    BLOCKED = "blocked"
    UNDETERMINED = "undetermined"


PROBLEM_TITLES: dict[Problem, str] = {
    Problem.MISSING: "缺失",
    Problem.INCOMPLETE: "不完整",
    Problem.UNSIGNED: "缺签名",
    Problem.UNSEALED: "缺印章",
    Problem.UNDATED: "未注明日期",
    Problem.INCONSISTENT: "前后不一致",
    Problem.OUT_OF_SEQUENCE: "日期先后有误",
    Problem.LATE: "超期",
    Problem.MISPLACED: "装订次序不符",
    Problem.FOREIGN: "混入他案材料",
    Problem.FORBIDDEN: "不应入卷",
    Problem.DUPLICATE: "重复",
    Problem.ILLEGIBLE: "不清晰",
}

EFFECT_TITLES: dict[Effect, str] = {
    Effect.BLOCKS: "补正前暂缓发放补贴",
    Effect.CORRECT: "归档前补正",
    Effect.NOTE: "提示",
}

DECISION_TITLES: dict[Decision, str] = {
    Decision.PAYABLE: "材料齐全，可以发放补贴",
    Decision.BLOCKED: "材料不齐，暂缓发放补贴",
    Decision.UNDETERMINED: "尚有事项待人工核实",
}


class Finding(Frozen):
    """One thing that is wrong, or may be wrong, with the closing file (审查发现).

    `message`, `basis` and `remedy` are whole Chinese sentences or phrases for the lawyer who must act.
    """

    id: str
    """`F1`, `F2`, … in the order of the report."""
    rule: str
    """`<standard>/<kind>.<stage>/<item or rule>`, e.g. `gd/criminal_defence.trial_first/hearing_record`."""
    problem: Problem
    document_type: str | None
    document: int | None = None
    """Index in the report's documents; None for a paper that is missing."""
    state: Certainty
    effect: Effect
    message: str
    basis: str
    remedy: str
    evidence: tuple[Place, ...] = ()
    standing: Standing = Standing.RECONSTRUCTED
    duty: Duty = Duty.LAWYER
    """Who has to act. What the office itself owes the file is not asked of the lawyer in a notice."""
    reason: str = ""
    """Why the finding is uncertain and what would settle it; empty for a certain one."""
    identity: str = ""
    """The same in every round of the case, as long as the finding is about the same thing."""
    ruling: Ruling | None = None
    """What a person said of it."""


class Source(Frozen):
    """The closing file as it arrived. `sha256` of a folder is that of its sorted names and contents."""

    name: str
    sha256: str
    pages: int


class ReportError(Frozen):
    code: str
    message: str


class ReportStandard(Frozen):
    id: str
    version: str
    standing: Standing
    title: str = ""
    cure_days: int | None = None
    """The standard's term to put things right (补正期限); None where it sets none."""
    cure_working_days: bool = True
    cure_standing: Standing = Standing.RECONSTRUCTED
    """What the term to put things right rests on."""
    reconstructed_blocks: bool = True
    """False where the office has decided that a ground it has not confirmed does not hold up the subsidy."""


class ReportCase(Frozen):
    kind: Kind | None
    stage: Stage | None
    origin: Origin | None
    fields: dict[str, FieldValue] = Field(default_factory=dict)
    facts: dict[str, Fact] = Field(default_factory=dict)


class ReportPage(Frozen):
    number: int
    document: int | None
    kind: str
    rotation: int
    text_source: str
    type: str | None = None
    state: State = State.UNCERTAIN
    low_quality: bool = False
    reason: str | None = None
    sha256: str = ""
    """Of the page as it was read; the same page of a later round has the same."""


class ReportDocument(Frozen):
    type: str | None
    title: str
    first_page: int
    last_page: int
    state: State
    score: Score
    fields: dict[str, FieldValue] = Field(default_factory=dict)
    marks: dict[str, Mark] = Field(default_factory=dict)


class ItemState(StrEnum):
    """How an item of the checklist fared (审查结果)."""

    COMPLETE = "complete"
    MISSING = "missing"
    IRREGULAR = "irregular"
    UNCERTAIN = "uncertain"
    NOT_REQUIRED = "not_required"
    SETTLED = "settled"
    """A person has looked and said that what was found about it does not stand."""


ITEM_STATE_TITLES: dict[ItemState, str] = {
    ItemState.COMPLETE: "齐全",
    ItemState.MISSING: "缺失",
    ItemState.IRREGULAR: "不规范",
    ItemState.UNCERTAIN: "待核",
    ItemState.NOT_REQUIRED: "不需要",
    ItemState.SETTLED: "经核定",
}


class ChecklistResult(Frozen):
    """One line of the checklist (结案材料审查表): the item, how it fared, where it stands."""

    item: str
    title: str
    need: str
    state: ItemState
    documents: tuple[int, ...] = ()
    pages: tuple[int, ...] = ()
    findings: tuple[str, ...] = ()
    """Ids of the findings about it."""
    basis: str = ""
    standing: Standing = Standing.RECONSTRUCTED
    volume: str = ""
    """Title of the volume it belongs to; empty where there is one."""
    slot: int | None = None
    """Its line in the prescribed directory, as printed."""


class DirectoryLine(Frozen):
    """One line of the prescribed directory (归档目录项目), with the papers of the file that stand in it, if any."""

    number: int
    title: str
    volume: str = ""
    documents: tuple[int, ...] = ()


class SubsidyStep(Frozen):
    """One step of how the amount came about (计算步骤)."""

    title: str
    explanation: str
    """The arithmetic in figures, or why the step does not apply, or what has to be known first."""
    amount: Decimal | None = None
    """Yuan after this step; None while something before it is unknown."""
    state: State
    """FOUND: applied. MISSING: does not apply. UNCERTAIN: cannot be said."""
    basis: str = ""


class SubsidyAmount(Frozen):
    """What the case is paid by the rate table (补贴金额), with its derivation."""

    state: State
    """FOUND with `amount`; UNCERTAIN: 待核, for the reasons in `needed`."""
    amount: Decimal | None = None
    """Yuan, two decimals."""
    capitals: str = ""
    """The amount as it is written out on a voucher, e.g. `人民币壹仟捌佰元整`."""
    table: str = ""
    """Title and version of the rate table."""
    sample: bool = False
    """The table is a sample: nobody may pay by it."""
    standing: Standing = Standing.RECONSTRUCTED
    steps: tuple[SubsidyStep, ...] = ()
    needed: tuple[str, ...] = ()
    """What has to be settled first, each a Chinese sentence."""


class Subsidy(Frozen):
    decision: Decision
    blocking: tuple[str, ...] = ()
    """Ids of the certain findings that block."""
    undetermined: tuple[str, ...] = ()
    """Ids of the uncertain findings that would block."""
    amount: SubsidyAmount | None = None


class AuditReport(Frozen):
    """One closing file's audit. `status` is `unreadable` with `error` where it could not be opened at all."""

    schema_: Literal["juanzong.audit/1"] = Field(default="juanzong.audit/1", alias="schema")
    source: Source
    status: Literal["audited", "unreadable"]
    error: ReportError | None = None
    standard: ReportStandard | None = None
    case: ReportCase | None = None
    pages: tuple[ReportPage, ...] = ()
    documents: tuple[ReportDocument, ...] = ()
    findings: tuple[Finding, ...] = ()
    checklist: tuple[ChecklistResult, ...] = ()
    directory: tuple[DirectoryLine, ...] = ()
    """Empty where the standard prescribes none."""
    subsidy: Subsidy | None = None
    dismissed: tuple[Finding, ...] = ()
    """What the program found and a person said does not stand; none of `findings`."""
    passages: tuple[Passage, ...] = ()
    """What the papers say of the case, in their own words."""
    unusable: tuple[UnusablePart, ...] = ()
    """Files inside a folder or ZIP that could not be used."""
    engine: str = ""
    seconds: float = 0.0

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)
