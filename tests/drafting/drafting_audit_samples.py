"""What fills each template of the papers around an audit, with every optional part present."""

from __future__ import annotations

from datetime import date

from drafting_reports import CERTAIN, UNCERTAIN, paid, report, told

from pipeline.drafting.contents import contents_values
from pipeline.drafting.cover import cover_values
from pipeline.drafting.notice import notice_values
from pipeline.drafting.opinion import opinion_values
from pipeline.drafting.reminders import reminder_values
from pipeline.drafting.rendering import Values
from pipeline.drafting.review_form import review_values
from pipeline.drafting.subsidy_form import approval_values
from pipeline.drafting.subsidy_letters import refusal_values, suspension_values
from pipeline.drafting.summary import summary_values
from pipeline.drafting.typical_case import typical_values
from pipeline.drafting.volume_note import note_values
from schemas.arrangement import arranged
from schemas.draft import CureTerm, DraftKind, Office, Refusal
from schemas.due import Due, DueState, RunningTerm
from schemas.report import Decision, Standing

OFFICE = Office(name="某某法律援助处", phone="0000-0000000", address="某某路1号")
DAY = date(2026, 3, 9)
TERMS = (
    CureTerm(received_on=DAY, ends_on=date(2026, 3, 23)),
    CureTerm(received_on=date(2026, 3, 10), ends_on=date(2026, 3, 24)),
)
REFUSAL = Refusal(
    decided_by="某某",
    decided_on=date(2026, 4, 20),
    reasons=("自收到补正通知书之日起10个工作日内未补正庭审笔录，也未说明理由。", "会见笔录仍没有受援人签名"),
    basis="某办法第十九条",
)


def owed(number: int, name: str, since: date, ends_on: date | None) -> RunningTerm:
    """A term of one lawyer, as it stands on `DAY`."""
    left = (ends_on - DAY).days if ends_on is not None else None
    state = DueState.UNKNOWN if left is None else DueState.LATE if left < 0 else DueState.SOON
    basis = "《办理法律援助案件程序规定》（司法部令第148号）关于自结案之日起三十日内提交结案归档材料的规定"
    due = Due(
        name=name, since=since, ends_on=ends_on, days_left=left, state=state,
        length="30日" if name == "filing" else "10个工作日", basis=basis, standing=Standing.RECONSTRUCTED,
    )  # fmt: skip
    return RunningTerm(
        key=str(number), case_number=f"虚法援刑字〔2026〕{number}号", recipient_name="某甲", stands="已结案",
        firm_name="广东某某律师事务所", lawyer_name="李某", due=due,
    )  # fmt: skip


OWED = (
    owed(7, "filing", date(2026, 1, 20), date(2026, 2, 24)),
    owed(12, "filing", date(2026, 2, 8), date(2026, 3, 10)),
    owed(31, "cure", date(2026, 2, 25), date(2026, 3, 9)),
)


def audit_paper_values() -> dict[DraftKind, Values]:
    """Values for every template of this family."""
    elsewhere = CERTAIN[2].model_copy(update={"id": "F9", "document": None, "message": "两份材料的案件编号不一致。"})
    blocked = report((*CERTAIN, *UNCERTAIN, elsewhere), decision=Decision.BLOCKED, poor_pages=(9,))
    first = blocked.checklist[0].model_copy(
        update={"documents": (8,)}
    )  # the judgment, bound at the end, belongs in front
    moved = blocked.model_copy(update={"checklist": (first, *blocked.checklist[1:])})
    open_ = paid(report(UNCERTAIN, decision=Decision.UNDETERMINED))
    return {
        DraftKind.AUDIT_OPINION: opinion_values(paid(blocked), OFFICE, DAY, 1),
        DraftKind.DEFICIENCY_NOTICE: notice_values(blocked, OFFICE, 1, TERMS),
        DraftKind.CONTENTS_LIST: contents_values(moved, OFFICE, arranged(moved)[0]),
        DraftKind.REVIEW_FORM: review_values(blocked, OFFICE, 1),
        DraftKind.SUBSIDY_SUSPENSION: suspension_values(blocked, OFFICE, 1),
        DraftKind.SUBSIDY_REFUSAL: refusal_values(blocked, OFFICE, REFUSAL, 2),
        DraftKind.SUBSIDY_APPROVAL: approval_values(open_, OFFICE, 1),
        DraftKind.VOLUME_COVER: cover_values(blocked, OFFICE),
        DraftKind.CASE_SUMMARY: summary_values(told(blocked), OFFICE, 1),
        DraftKind.TYPICAL_CASE: typical_values(told(blocked), OFFICE),
        DraftKind.FILING_REMINDER: reminder_values(OWED, OFFICE, DAY),
        DraftKind.VOLUME_NOTE: note_values(blocked, OFFICE, 1),
    }
