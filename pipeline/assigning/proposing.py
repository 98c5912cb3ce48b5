"""Whom to assign (拟指派人选): every lawyer of the roster, in order, with what speaks for and against."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pipeline.assigning import eligibility, preferring
from pipeline.assigning.conflicts import conflicts
from pipeline.assigning.norms import COMPULSORY_TERM, ROSTER, THREE_YEARS, objection
from pipeline.assigning.relations import Link, links
from pipeline.assigning.weighing import Bearing, Caseload, Remark, Remarks, chinese_day
from schemas.case import Kind, Origin, Stage
from schemas.registration import CaseRecord
from schemas.roster import Candidate, Lawyer, Objection, Preferences, Reason

DEFAULT_PREFERENCES = Preferences()
_COMPULSORY_DAYS = 3


def propose(
    case: CaseRecord,
    roster: Sequence[Lawyer],
    caseload: Caseload,
    day: date,
    preferences: Preferences = DEFAULT_PREFERENCES,
) -> tuple[Candidate, ...]:
    """Every lawyer of the roster for `case`, to be assigned on `day`, the first to be proposed first.

    The order, which the user guide publishes: who may be assigned before who is excluded; then whom the recipient asks
    for (点援); then who has nothing open before who has something for a person to look at; then the higher score, which
    is minus one for each open case and plus what the preferences give; then whose last assignment lies longest back;
    then the smaller licence number. The same input gives the same order.
    """
    linked = links(case, caseload.cases)
    chosen = preferring.chosen_by_recipient(case.registration, roster)
    candidates = [_candidate(case, lawyer, caseload, day, preferences, linked, chosen) for lawyer in roster]
    wanted = {lawyer.licence for lawyer in chosen}
    return tuple(sorted(candidates, key=lambda candidate: _place(candidate, wanted)))


def _place(candidate: Candidate, wanted: set[str]) -> tuple[bool, bool, bool, float, date, str]:
    return (
        bool(candidate.excluded),
        candidate.lawyer.licence not in wanted,
        bool(candidate.doubts),
        -candidate.score,
        candidate.last_assigned_on or date.min,
        candidate.lawyer.licence,
    )


def _candidate(  # noqa: PLR0913, PLR0917 - one call, of what `propose` has worked out once for all lawyers
    case: CaseRecord,
    lawyer: Lawyer,
    caseload: Caseload,
    day: date,
    preferences: Preferences,
    linked: Sequence[Link],
    chosen: Sequence[Lawyer],
) -> Candidate:
    open_cases = caseload.open_of(lawyer.licence) + lawyer.other_open_cases
    remarks = tuple(_remarks(case, lawyer, caseload, day, linked))
    told = [Reason(text=each.text, basis=each.norm.text) for each in remarks if each.bearing is Bearing.TOLD]
    doubts = list(_those(remarks, Bearing.DOUBTFUL))
    if lawyer in chosen:
        told.insert(0, Reason(text="受援人要求由其承办（点援）"))
        if len(chosen) > 1:
            doubts.insert(0, objection(f"名册中有{len(chosen)}名同名人员，请向受援人核实是哪一位", ROSTER))
    preferred = (
        preferring.field(case.registration, lawyer, preferences),
        preferring.region(case.registration, lawyer, preferences),
    )
    load, turn = preferring.load(open_cases), preferring.rotation(lawyer, caseload)
    reasons = (*told, load, *(reason for reason in preferred if reason is not None), turn)
    return Candidate(
        lawyer=lawyer,
        open_cases=open_cases,
        reasons=reasons,
        score=sum(reason.weight for reason in reasons),
        last_assigned_on=caseload.last_assigned(lawyer.licence),
        excluded=tuple(_those(remarks, Bearing.EXCLUDES)),
        doubts=tuple(doubts),
    )


def _remarks(case: CaseRecord, lawyer: Lawyer, caseload: Caseload, day: date, linked: Sequence[Link]) -> Remarks:
    registration = case.registration
    yield from eligibility.suspension(lawyer, day)
    yield from eligibility.personnel(registration, lawyer, day)
    yield from eligibility.experience(registration, lawyer, day)
    yield from eligibility.grave_case(registration, lawyer)
    yield from eligibility.minor_recipient(registration, lawyer, day)
    yield from conflicts(case, lawyer, caseload, linked)


def _those(remarks: Sequence[Remark], bearing: Bearing) -> list[Objection]:
    return [objection(each.text, each.norm) for each in remarks if each.bearing is bearing]


def case_remarks(case: CaseRecord, candidates: Sequence[Candidate]) -> tuple[str, ...]:
    """What is to be known of the case itself before somebody is chosen; Chinese sentences."""
    registration = case.registration
    said = []
    if not candidates:
        said.append("名册中没有人员，请先导入名册（juanzong roster import）。")
    elif all(candidate.excluded for candidate in candidates):
        said.append("名册中没有可以指派的人员，请核对排除情形，或者补充名册。")
    wanted = registration.chosen_lawyer
    chosen = preferring.chosen_by_recipient(registration, [candidate.lawyer for candidate in candidates])
    if wanted and not chosen:
        said.append(f"受援人要求由“{wanted}”承办（点援），名册中没有此人，请向受援人说明或者补充名册。")
    if chosen and all(candidate.excluded for candidate in candidates if candidate.lawyer in chosen):
        said.append(f"受援人要求由“{wanted}”承办（点援），因所列排除情形不宜指派，请向受援人说明。")
    reviewed = registration.stage is Stage.DEATH_REVIEW
    if registration.kind is Kind.CRIMINAL_DEFENCE and registration.life_or_death is None and not reviewed:
        said.append(
            "登记没有写明是否可能判处无期徒刑、死刑；可能的，应当指派有三年以上相关执业经历的律师"
            f"（{THREE_YEARS.text}）。"
        )
    return tuple(said)


def late_remark(case: CaseRecord, day: date) -> tuple[str, ...]:
    """That a notified case which nobody handles by `day` is late."""
    registration = case.registration
    if registration.origin is not Origin.NOTIFIED or (day - registration.received_on).days <= _COMPULSORY_DAYS:
        return ()
    return (f"通知于{chinese_day(registration.received_on)}收到，已超过三日的指派期限（{COMPULSORY_TERM.text}）。",)
