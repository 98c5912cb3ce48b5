"""One closing file against the others of the office: two clients, one matter twice, one number for two."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from auditing_sheets import problems
from auditing_volumes import SOURCE, TODAY, complete, found, gd, list_of, volume

from pipeline.auditing import audit, outline_of, person_digest
from pipeline.auditing.outlining import side_of
from pipeline.auditing.values import valid_identity_number
from schemas.base import State
from schemas.case import Kind, KnownCase, KnownLawyer, Origin, Stage
from schemas.outline import CaseOutline, Side
from schemas.report import Duty

CIVIL = list_of(Kind.CIVIL, Stage.TRIAL_FIRST)
TRIAL = list_of(Kind.CRIMINAL_DEFENCE, Stage.TRIAL_FIRST, Origin.NOTIFIED)
DUTY = list_of(Kind.DUTY_HELP, Stage.PROSECUTION)

COURT = "（2025）粤0793刑初156号"
ID = next(f"44080319900101123{last}" for last in "0123456789X" if valid_identity_number(f"44080319900101123{last}"))
OTHER_ID = next(
    f"44080319850505221{last}" for last in "0123456789X" if valid_identity_number(f"44080319850505221{last}")
)
OWN = {
    "case_number": found("虚法援刑字〔2025〕12号"), "recipient_name": found("陈小明"), "recipient_id_number": found(ID),
    "lawyer_name": found("李强"), "firm_name": found("广东海岸律师事务所"), "organ_case_number": found(COURT),
}  # fmt: skip

CO_ACCUSED = CaseOutline(
    number="虚法援刑字〔2025〕13号", recipient="王大力", kind=Kind.CRIMINAL_DEFENCE, stage=Stage.TRIAL_FIRST,
    lawyer="李强", firm="广东海岸律师事务所", organ_case_number=COURT,
)  # fmt: skip
TWIN = CO_ACCUSED.model_copy(update={"recipient": "陈小明", "person": person_digest(ID)})


def held_against(*neighbours, checklist=TRIAL, text="", known=None, days=None, **fields):
    """The audit of a complete file of ours against these; `text` stands in its judgment."""
    rows, facts = complete(checklist)
    papers = [paper for _, paper in rows]
    if text:
        papers = [
            replace(paper, text=text + paper.text) if paper.type == "outcome_document" else paper for paper in papers
        ]
    if days:
        papers = [
            replace(paper, fields={**paper.fields, "date": found(days[paper.type])}) if paper.type in days else paper
            for paper in papers
        ]
    file = volume(papers, facts, {**OWN, **fields})
    return audit(file, gd(), SOURCE, known or KnownCase(), TODAY, (), neighbours)


def but(outline, **changes):
    return outline.model_copy(update=changes)


UNREAD = found(COURT, state=State.UNCERTAIN)
QUESTION = [("inconsistent", "uncertain", "blocks")]


@pytest.mark.parametrize(
    ("other", "fields", "expected"),
    [
        (CO_ACCUSED, {}, QUESTION),
        (but(CO_ACCUSED, firm=""), {}, QUESTION),
        (but(CO_ACCUSED, lawyer="周海波"), {}, []),
        (but(CO_ACCUSED, firm="广东潮声律师事务所"), {}, []),
        (but(CO_ACCUSED, organ_case_number="（2025）粤0793刑初157号"), {}, []),
        (but(CO_ACCUSED, recipient="陈小朋"), {}, []),
        (but(CO_ACCUSED, person=person_digest(ID)), {}, []),
        (but(CO_ACCUSED, kind=Kind.DUTY_HELP), {}, []),
        (but(CO_ACCUSED, kind=Kind.CRIMINAL_REPRESENTATION), {}, QUESTION),
        (but(CO_ACCUSED, kind=Kind.CRIMINAL_CIVIL, side=Side.CLAIMANT), {}, QUESTION),
        (but(CO_ACCUSED, kind=Kind.CRIMINAL_CIVIL), {}, []),
        (CO_ACCUSED, {"organ_case_number": UNREAD}, []),
        (CO_ACCUSED, {"lawyer_name": found("李强", state=State.UNCERTAIN)}, []),
        (CO_ACCUSED, {"lawyer_name": found("李强", score=0.8)}, []),
        (CO_ACCUSED, {"case_number": found("", state=State.UNCERTAIN)}, []),
    ],
)
def test_one_lawyer_for_two_accused_in_two_files(other, fields, expected):
    """One lawyer, one number of the court, two accused, or an accused and a victim; whatever was not surely read says nothing."""
    assert problems(held_against(other, **fields), "opposed_clients") == expected


PLAINTIFF = "原告（反诉被告）：陈小明，男，1990年1月1日出生。"
RIVAL = but(CO_ACCUSED, kind=Kind.CIVIL, side=Side.RESPONDENT)


@pytest.mark.parametrize(
    ("other", "text", "expected"),
    [
        (RIVAL, PLAINTIFF, QUESTION),
        (but(RIVAL, lawyer="周海波"), PLAINTIFF, QUESTION),
        (but(RIVAL, lawyer="周海波", firm="广东潮声律师事务所"), PLAINTIFF, []),
        (but(RIVAL, side=Side.CLAIMANT), PLAINTIFF, []),
        (but(RIVAL, side=None), PLAINTIFF, []),
        (RIVAL, "", []),
        (RIVAL, "原告陈小明诉称……被告陈小明辩称", []),
    ],
)
def test_one_lawyer_or_firm_for_both_sides(other, text, expected):
    """Both sides have to be known: two who sue together have one lawyer as a rule."""
    report = held_against(other, checklist=CIVIL, text=text)
    assert problems(report, "opposed_clients") == expected
    assert all("虚法援刑字〔2025〕13号" in finding.message for finding in report.findings)


def test_the_lawyer_that_somebody_gave_counts():
    """What a person said of the case wins over what was read."""
    known = KnownCase(lawyer=KnownLawyer(name="周海波", firm="广东潮声律师事务所"))
    assert problems(held_against(CO_ACCUSED, known=known), "opposed_clients") == []


CLAIMED = [("duplicate", "uncertain", "blocks")]


@pytest.mark.parametrize(
    ("other", "fields", "expected"),
    [
        (TWIN, {}, CLAIMED),
        (but(TWIN, person=""), {}, CLAIMED),
        (but(TWIN, lawyer="周海波"), {}, CLAIMED),
        (but(TWIN, lawyer="周海波", firm="广东潮声律师事务所"), {}, []),
        (but(TWIN, stage=Stage.TRIAL_SECOND), {}, []),
        (but(TWIN, kind=Kind.CRIMINAL_CIVIL), {}, []),
        (but(TWIN, organ_case_number="（2025）粤0793刑初157号"), {}, []),
        (but(TWIN, person=person_digest(OTHER_ID)), {}, []),
        (but(TWIN, number="虚法援刑字〔2025〕17号"), {"case_number": found("虚法援刑字〔2025〕11号")}, []),
        (but(CO_ACCUSED, recipient="陈某某"), {}, []),
        (TWIN, {"organ_case_number": UNREAD}, []),
        (TWIN, {"recipient_id_number": found(ID, state=State.UNCERTAIN)}, CLAIMED),
    ],
)
def test_one_matter_under_two_numbers(other, fields, expected):
    """One person, kind, stage and number of the court, and one firm; a number that may have been misread is no other."""
    report = held_against(other, **fields)
    assert problems(report, "claimed_twice") == expected
    assert all(finding.duty is Duty.OFFICE for finding in report.findings)


@pytest.mark.parametrize(("firm", "said"), [("广东海岸律师事务所", "承办单位亦相同"), ("", "承办人亦相同")])
def test_what_two_claims_have_in_common_is_said(firm, said):
    """The firm where both state it, else the lawyer."""
    (finding,) = held_against(but(TWIN, firm=firm)).findings
    assert said in finding.message
    assert COURT in finding.message


def test_a_matter_that_has_been_paid_says_so():
    """Whoever is asked knows how far the other case is."""
    (finding,) = held_against(but(TWIN, paid=True)).findings
    assert "补贴已经发放" in finding.message
    slip = but(TWIN, number=OWN["case_number"].value, recipient="陈小朋", person="", paid=True)
    assert problems(held_against(slip), "claimed_twice") == CLAIMED
    assert problems(held_against(but(slip, paid=False)), "claimed_twice") == []


@pytest.mark.parametrize(("day", "expected"), [("2025-03-07", CLAIMED), ("2025-03-08", [])])
def test_help_on_duty_is_claimed_once_a_day(day, expected):
    """Help that has no number of a court is the same where person and day are."""
    other = but(TWIN, kind=Kind.DUTY_HELP, stage=None, organ_case_number="", helped_on=date(2025, 3, 7))
    report = held_against(
        other, checklist=DUTY, days={"duty_help_register": day}, organ_case_number=found("", state=State.MISSING)
    )
    assert problems(report, "claimed_twice") == expected


@pytest.mark.parametrize(
    ("recipient", "person", "text", "fields", "expected"),
    [
        ("王大力", "", "", {}, [("duplicate", "uncertain", "note")]),
        ("王大力", "", "被告人陈小明、王大力", {}, []),
        ("陈小朋", "", "", {}, []),
        ("王大力", person_digest(ID), "", {}, []),
        ("王大力", "", "", {"case_number": found("虚法援刑字〔2025〕12号", state=State.UNCERTAIN)}, []),
    ],
)
def test_one_number_for_two_recipients(recipient, person, text, fields, expected):
    """Somebody quite other has the number; a misread name, two who share a case, and a number not read are no finding."""
    number = str(OWN["case_number"].value)
    other = but(CO_ACCUSED, number=number, recipient=recipient, person=person, organ_case_number="")
    report = held_against(other, text=text, **fields)
    assert problems(report, "number_taken") == expected
    assert all(finding.duty is Duty.OFFICE for finding in report.findings)


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("原告陈小明，男", Side.CLAIMANT),
        ("被告：陈小明，男", Side.RESPONDENT),
        ("被上诉人（原审原告）陈小明", Side.RESPONDENT),
        ("上诉人（原审被告）陈小明", Side.CLAIMANT),
        ("再审申请人（一审被告、二审上诉人）：陈小明", Side.CLAIMANT),
        ("被告人陈小明", None),
        ("证人陈小明", None),
    ],
)
def test_on_which_side_somebody_stands(text, side):
    """By the word before the name in a paper of the court."""
    from auditing_volumes import Paper, case_facts

    assert side_of(volume([Paper("outcome_document", text=text)], case_facts(CIVIL)), "陈小明") is side
    assert side_of(volume([Paper("application_form", text=text)], case_facts(CIVIL)), "陈小明") is None


def test_an_outline_holds_no_identity_number():
    """Only a digest of a right one."""
    rows, facts = complete(TRIAL)
    outline = outline_of(volume([paper for _, paper in rows], facts, OWN), facts)
    assert outline is not None
    assert ID not in outline.model_dump_json()
    assert outline.person == person_digest(ID) != ""
    assert person_digest("440803********1234") == ""
