"""Rules about people, their numbers and their seals."""

from __future__ import annotations

from datetime import date

import pytest
from auditing_changes import CIVIL, TRIAL, file_with
from auditing_sheets import audited, line, problems, sheet
from auditing_volumes import case_facts, complete, found, list_of, run, volume

from pipeline.auditing.values import valid_identity_number
from schemas.base import State
from schemas.case import Kind, KnownCase, KnownLawyer, Stage
from schemas.report import Certainty, Duty
from schemas.volume import Mark


def number(month="01"):
    stem = f"440803199{0}{month}011"
    return next(stem + f"23{last}" for last in "0123456789X" if valid_identity_number(stem + f"23{last}"))


VALID = number()
WRONG = VALID[:-1] + ("1" if VALID[-1] != "1" else "2")


def stating(value, text="", *types):
    return {
        type_: {"fields": {"recipient_id_number": found(value)}, "text": text or f"身份证号码{value}"}
        for type_ in types
    }


def test_a_wrong_check_digit_on_two_papers():
    """Read alike twice, the number stands there so; once, it is as likely a misreading."""
    both = file_with(CIVIL, stating(WRONG, "", "application_form", "power_of_attorney"))
    assert problems(run(both), "identity_number") == [("inconsistent", "uncertain", "correct")]
    assert all(WRONG not in finding.message for finding in run(both).findings)
    one = file_with(CIVIL, stating(WRONG, "", "application_form"))
    assert problems(run(one), "identity_number") == []
    right = file_with(CIVIL, stating(VALID, "", "application_form", "power_of_attorney"))
    assert problems(run(right), "identity_number") == []
    masked = file_with(CIVIL, stating(VALID[:6] + "*" * 8 + VALID[-4:], "", "application_form", "power_of_attorney"))
    assert problems(run(masked), "identity_number") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"陈小明，男，1990年1月1日出生，公民身份号码{VALID}", []),
        (f"陈小明，男，1991年1月1日出生，公民身份号码{VALID}", [("inconsistent", "uncertain", "correct")]),
        (f"出生日期：1991年1月1日 公民身份号码{VALID}", [("inconsistent", "uncertain", "correct")]),
        (f"申请日期：2025年3月3日 公民身份号码{VALID}", []),
        (f"出生日期：1991年1月1日{'，案情如下' * 30}公民身份号码{VALID}", []),
    ],
)
def test_a_birth_date_against_the_number(text, expected):
    """Beside a right number, another day of birth is a question; other dates and far ones say nothing."""
    file = file_with(CIVIL, stating(VALID, text, "application_form"))
    assert problems(run(file), "identity_number") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("性别：女身份证号码：{}", ["uncertain"]),
        ("性别：男身份证号码：{}", []),
        ("性别：男性别：女身份证号码：{}", []),
        ("性别：女男身份证号码：{}", []),
        ("性别：女□男身份证号码：{}", []),
    ],
)
def test_a_sex_that_the_number_contradicts(text, expected):
    """The last figure but one is odd for men; where two people are told of, nobody knows whose it is."""
    from auditing_sheets import audited, line, problems, sheet
    from auditing_volumes import found

    number = "440803199001011234"
    paper = sheet("application_form", (line(text.format(number), 0.3),), fields={"recipient_id_number": found(number)})
    report = audited(list_of(Kind.CIVIL, Stage.TRIAL_FIRST), paper)
    assert [state for _, state, _ in problems(report, "identity_number")] == expected


@pytest.mark.parametrize(
    ("stated", "expected"),
    [("湛法援民字〔2025〕12号", []), ("湛法援民字12号", [("inconsistent", "uncertain", "note")])],
)
def test_the_form_of_the_case_number(stated, expected):
    """Without a year it is not one; the office looks after its own numbers."""
    changes = {type_: {"fields": {"case_number": found(stated)}} for type_ in ("assignment_notice", "closing_report")}
    report = run(file_with(CIVIL, changes))
    assert problems(report, "number_form") == expected
    assert all(finding.duty is Duty.OFFICE for finding in report.findings if finding.rule.endswith("number_form"))
    once = run(file_with(CIVIL, {"assignment_notice": changes["assignment_notice"]}))
    assert problems(once, "number_form") == []


LIFE = {"life_or_death": True}


@pytest.mark.parametrize(
    ("since", "expected"),
    [(date(2024, 1, 1), [("inconsistent", "certain", "blocks")]), (date(2022, 3, 5), []), (None, [])],
)
def test_three_years_of_practice_for_a_matter_of_life(since, expected):
    """Known from the roster, it is certain; unknown, the file cannot tell and nobody is asked."""
    known = KnownCase(lawyer=KnownLawyer(practising_since=since), assigned_on=date(2025, 3, 5))
    file = file_with(TRIAL, {}, case_facts(TRIAL, **LIFE))
    assert problems(run(file, known), "practice_years") == expected
    assert problems(run(file_with(TRIAL, {}), known), "practice_years") == []


def test_years_of_practice_that_a_paper_states():
    """Read from running text, they are a question."""
    for text, expected in (("执业年限：2年", [("inconsistent", "uncertain", "blocks")]), ("执业年限：12年", [])):
        file = file_with(TRIAL, {"assignment_notice": {"text": text}}, case_facts(TRIAL, **LIFE))
        assert problems(run(file), "practice_years") == expected


JUDGMENT = (
    "被告人陈小明，男，1990年1月1日出生。\n辩护人{first}，广东海岸律师事务所律师。\n"
    "被告人王大力，男，1991年1月1日出生。\n辩护人{second}，广东潮声律师事务所律师。\n审判长"
)


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [("李强", "周海波", []), ("李强", "李强", [("inconsistent", "uncertain", "blocks")]), ("周海波", "周海波", [])],
)
def test_one_lawyer_for_two_accused(first, second, expected):
    """Ours behind two of them is a question; somebody else's clash is not our case's."""
    text = JUDGMENT.format(first=first, second=second)
    file = file_with(TRIAL, {"outcome_document": {"text": text}}, lawyer_name=found("李强"))
    assert problems(run(file), "conflict") == expected


def sealed(ring, score=0.97, state=State.FOUND):
    return {"organ_seal": Mark(state=state, score=score, detail=ring)}


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        (sealed("某县人民法院"), []),
        (sealed("某县大民法院"), []),
        (sealed("某市中级人民法院"), [("inconsistent", "uncertain", "note")]),
        (sealed("某市中级人民法院", score=0.6), []),
        (sealed("某市中级人民法院", state=State.UNCERTAIN), []),
    ],
)
def test_whose_seal_it_is(marks, expected):
    """A ring read to the letter as another court of this case; one misread, or not surely there, says nothing."""
    changes = {
        "outcome_document": {"fields": {"organ_name": found("某县人民法院")}, "marks": marks},
        "hearing_notice": {"fields": {"organ_name": found("某市中级人民法院")}},
    }
    assert problems(run(file_with(TRIAL, changes)), "seal_owner") == expected


OWN, OTHER = "某市甲区法律援助处", "某市乙区法律援助处"


@pytest.mark.parametrize(
    ("ring", "elsewhere", "text", "expected"),
    [
        (OTHER, OTHER, f"指派通知书\n{OWN}", [("inconsistent", "uncertain", "note")]),
        (OTHER, OTHER, f"{OWN}指派通知书\n2025年3月5日", [("inconsistent", "uncertain", "note")]),
        (OWN, OTHER, f"指派通知书\n{OWN}", []),
        (f"{OTHER}业务专用章", OTHER, f"根据{OTHER}转交\n{OWN}", []),
        ("某市己区法律援助处", OTHER, f"指派通知书\n{OWN}", []),
        (OTHER, OTHER, "指派通知书\n2025年3月5日", []),
    ],
)
def test_whose_office_the_seal_is(ring, elsewhere, text, expected):
    """Another office that the file prints elsewhere; one that the paper itself names, or that was misread, says nothing."""
    changes = {
        "assignment_notice": {"text": text, "marks": {"office_seal": Mark(state=State.FOUND, score=0.97, detail=ring)}},
        "approval_form": {"text": f"审批表\n{elsewhere}"},
    }
    assert problems(run(file_with(TRIAL, changes)), "seal_owner") == expected


def test_no_finding_rests_on_a_number_shown_in_full():
    """Identity numbers never stand in a message."""
    file = file_with(CIVIL, stating(WRONG, "", "application_form", "power_of_attorney", "identity_document"))
    report = run(file)
    assert report.findings
    assert all(WRONG not in finding.message + finding.reason + finding.remedy for finding in report.findings)
    assert all(finding.state is not Certainty.CERTAIN for finding in report.findings)


@pytest.mark.parametrize(
    ("first", "second", "pen", "expected"),
    [
        ("马桂芳", "罗美珊", False, []),
        ("马桂芳", "马桂芳", False, [("inconsistent", "certain", "correct")]),
        ("马桂芳", "马桂芳", True, [("inconsistent", "uncertain", "correct")]),
        ("", "马桂芳", False, []),
    ],
)
def test_who_checks_is_not_who_binds(first, second, pen, expected):
    """The same name twice; by pen it is a question; where one was not read there is nothing to compare."""
    lines = (line(f"立卷人：{first}", 0.6, 0.6, pen=pen), line(f"检查人：{second}", 0.65, 0.6, pen=pen))
    assert problems(audited(CIVIL, sheet("volume_note", lines)), "distinct_people.volume_note") == expected


def test_the_opinion_of_who_checks_is_no_name():
    """`核卷人意见` and `审批人意见` head two cells; nobody is called 意见."""
    heads = (line("核卷人意见", 0.3, 0.1), line("审批人意见", 0.4, 0.1))
    assert problems(audited(CIVIL, sheet("subsidy_form", heads)), "distinct_people.subsidy_form") == []


def test_who_approves_the_subsidy_is_not_who_checks_the_file():
    """The office's own matter."""
    rows, facts = complete(CIVIL)
    form = sheet("subsidy_form", (line("核卷人：麦伟强", 0.3, 0.6), line("审批人：麦伟强", 0.4, 0.6)))
    report = run(volume([*(paper for _, paper in rows), form], facts))
    assert problems(report, "distinct_people.subsidy_form") == [("inconsistent", "certain", "note")]
    assert [finding.duty for finding in report.findings] == [Duty.OFFICE]


PHONE = "联系电话：1380000{}"


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("123", "123", [("inconsistent", "uncertain", "note")]),
        ("1234", "1234", []),
        ("123", "1234", []),
    ],
)
def test_a_telephone_number_that_is_too_short(one, other, expected):
    """Two papers with the same ten digits; a whole number and one that only one paper has short say nothing."""
    papers = [
        sheet(type_, (line(PHONE.format(digits), 0.3),))
        for type_, digits in (("application_form", one), ("interview_record", other))
    ]
    assert problems(audited(CIVIL, *papers), "phone") == expected


@pytest.mark.parametrize(
    ("payee", "values", "expected"),
    [
        ("赵四", {}, [("inconsistent", "uncertain", "note")]),
        ("李明", {}, []),
        ("李明2024.4.3", {}, []),
        ("赵四", {"score": 0.8}, []),
        ("赵四", {"pen": True}, []),
    ],
)
def test_the_subsidy_is_received_by_the_lawyer_or_the_firm(payee, values, expected):
    """Another name in print is asked about; what a pen wrote or nobody read for sure is not."""
    paid = sheet("subsidy_form", (line("领款人", 0.3, 0.1), line(payee, 0.3, 0.4, **values)))
    fields = {"lawyer_name": found("李明"), "firm_name": found("广东海岸律师事务所")}
    assert problems(audited(CIVIL, paid, fields=fields), "payee") == expected
    unnamed = sheet("subsidy_form", (line("领款人签名", 0.3, 0.1),))
    assert problems(audited(CIVIL, unnamed, fields=fields), "payee") == []
