"""Who may handle a case at all: suspension, class of person, years of practice, grave cases, minors."""

from __future__ import annotations

from datetime import date

from pipeline.assigning import norms
from pipeline.assigning.licences import licence_doubt
from pipeline.assigning.weighing import CRIMINAL, DEFENDING, ON_DUTY, Remarks, chinese_day, doubts, excludes, tells
from schemas.case import Kind, Stage
from schemas.registration import Group, Registration
from schemas.roster import PERSONNEL_TITLES, Lawyer, Personnel

_YEARS = 3
_ADULT = 18
_WITHOUT_MANDATE = frozenset({Kind.CONSULTATION, Kind.DRAFTING})


def suspension(lawyer: Lawyer, day: date) -> Remarks:
    """No new case before the day on which the suspension ends."""
    if lawyer.suspended_until is not None and day < lawyer.suspended_until:
        yield excludes(f"暂停指派，{chinese_day(lawyer.suspended_until)}起恢复", norms.ROSTER)


def personnel(case: Registration, lawyer: Lawyer, day: date) -> Remarks:
    """Suspects and defendants are defended and helped by lawyers; a legal worker's business is not criminal."""
    if lawyer.personnel is Personnel.LAWYER:
        return
    title = PERSONNEL_TITLES[lawyer.personnel]
    if lawyer.personnel is Personnel.LEGAL_WORKER:
        yield from _legal_worker(case, title)
        return
    if not licence_doubt(lawyer.licence, day):
        return
    unlicensed = "名册所载执业证号不像律师执业证号，请核实是否持有律师执业证书"
    if case.kind in DEFENDING:
        norm = norms.HELPED_BY_LAWYERS if case.kind in ON_DUTY else norms.DEFENDED_BY_LAWYERS
        yield doubts(f"系{title}，{unlicensed}", norm)
    elif lawyer.personnel is Personnel.VOLUNTEER and case.kind not in _WITHOUT_MANDATE:
        yield doubts(f"系{title}，{unlicensed}；高校、科研机构的志愿者只提供咨询、代拟文书等", norms.VOLUNTEERS)


def _legal_worker(case: Registration, title: str) -> Remarks:
    if case.kind in ON_DUTY:
        yield excludes(f"{title}不能担任值班律师", norms.HELPED_BY_LAWYERS)
    elif case.kind is Kind.CRIMINAL_DEFENCE:
        yield excludes(f"{title}不能担任辩护人，应当指派律师", norms.DEFENDED_BY_LAWYERS)
    elif case.kind is Kind.CRIMINAL_REPRESENTATION:
        yield excludes(f"{title}的业务范围不包括刑事案件", norms.LEGAL_WORKERS)
    elif case.kind in CRIMINAL:
        yield doubts(f"{title}能否代理附带民事诉讼，请核对本地规定", norms.LEGAL_WORKERS)


def experience(case: Registration, lawyer: Lawyer, day: date) -> Remarks:
    """Three years of practice on the day of assignment, where life imprisonment or death is possible, or reviewed."""
    certain = case.life_or_death is True or case.stage is Stage.DEATH_REVIEW
    if case.kind is not Kind.CRIMINAL_DEFENCE or (case.life_or_death is False and not certain):
        return
    since = lawyer.practising_since
    if since is None:
        if certain:
            yield doubts("名册未登记首次执业日期，请核实是否有三年以上相关执业经历", norms.THREE_YEARS)
    elif day >= years_later(since, _YEARS):
        if certain:
            yield tells(f"执业满三年（{chinese_day(since)}起执业）", norms.THREE_YEARS)
    elif certain:
        yield excludes(f"执业不满三年（{chinese_day(since)}起执业）", norms.THREE_YEARS)
    else:
        yield doubts(
            f"执业不满三年（{chinese_day(since)}起执业），本案未登记是否可能判处无期徒刑、死刑，可能的不得指派",
            norms.THREE_YEARS,
        )


def years_later(day: date, years: int) -> date:
    """The same day `years` later; 29 February becomes 1 March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def grave_case(case: Registration, lawyer: Lawyer) -> Remarks:
    """Grave cases go to those whom the office has named for them."""
    if not case.grave:
        return
    if lawyer.grave_cases:
        yield tells("列入重大疑难案件承办人员", norms.GRAVE_CASES)
    else:
        yield excludes("未列入重大疑难案件承办人员", norms.GRAVE_CASES)


def minor_recipient(case: Registration, lawyer: Lawyer, day: date) -> Remarks:
    """A minor's case goes to a lawyer who is familiar with minors."""
    if not is_minor(case, day):
        return
    if lawyer.personnel is Personnel.LEGAL_WORKER and case.kind is not Kind.CRIMINAL_DEFENCE:
        yield doubts("受援人系未成年人，应当指派熟悉未成年人身心特点的律师", norms.MINORS)
    elif any("未成年" in field for field in lawyer.fields):
        yield tells("登记为熟悉未成年人案件", norms.MINORS)
    else:
        yield doubts("受援人系未成年人，名册未登记其熟悉未成年人案件", norms.MINORS)


def is_minor(case: Registration, day: date) -> bool:
    born = case.recipient.born_on
    young = born is not None and day < years_later(born, _ADULT)
    return young or Group.MINOR in case.recipient.groups
