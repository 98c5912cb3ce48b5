"""Invented lawyers and cases for the tests of this room."""

from __future__ import annotations

from datetime import date
from typing import Any

from pipeline.assigning import Caseload
from schemas.case import Kind, Origin, Stage
from schemas.registration import CaseRecord, Organ, Recipient, Registration
from schemas.roster import Assignment, Candidate, Lawyer

TODAY = date(2026, 11, 20)
COURT = Organ(name="某市中级人民法院", case_number="（2026）粤08刑初12号")


def lawyer(serial: int = 1, **about: Any) -> Lawyer:
    """A lawyer whose licence number ends with `serial`."""
    return Lawyer(
        **{
            "licence": f"1440820151{serial:07d}",
            "name": f"律师{serial}",
            "firm": f"广东第{serial}律师事务所",
            "practising_since": date(2015, 3, 1),
        }
        | about
    )


def case(number: str = "某法援刑字〔2026〕9号", recipient: Recipient | str = "陈小满", **about: Any) -> CaseRecord:
    """A notified defence at first instance, where nobody faces life or death."""
    person = recipient if isinstance(recipient, Recipient) else Recipient(name=recipient)
    facts: dict[str, Any] = {
        "received_on": date(2026, 11, 19),
        "kind": Kind.CRIMINAL_DEFENCE,
        "stage": Stage.TRIAL_FIRST,
        "origin": Origin.NOTIFIED,
        "recipient": person,
        "cause": "盗窃罪",
        "organ": COURT,
        "life_or_death": False,
    }
    return CaseRecord(number=number, registration=Registration(**facts | about))


def civil(number: str = "某法援民字〔2026〕3号", recipient: str = "周禾", **about: Any) -> CaseRecord:
    facts: dict[str, Any] = {"kind": Kind.CIVIL, "origin": Origin.APPLIED, "cause": "离婚纠纷", "organ": None}
    return case(number, recipient, **facts | about)


def assigned(record: CaseRecord, who: Lawyer, on: date = date(2026, 10, 1), replaces: str = "") -> Assignment:
    return Assignment(
        case_number=record.number, lawyer=who, assigned_on=on, chosen_by="王主任", why="轮派", replaces=replaces
    )


def caseload(*handled: tuple[CaseRecord, Lawyer], open_cases: dict[str, int] | None = None) -> Caseload:
    """Cases, each with the lawyer to whom it was assigned."""
    return Caseload(
        cases=tuple(record for record, _ in handled),
        assignments=tuple(assigned(record, who) for record, who in handled),
        open_cases=tuple((open_cases or {}).items()),
    )


def excluded(candidate: Candidate) -> str:
    return "；".join(each.text for each in candidate.excluded)


def doubts(candidate: Candidate) -> str:
    return "；".join(each.text for each in candidate.doubts)


def reasons(candidate: Candidate) -> str:
    return "；".join(each.text for each in candidate.reasons)
