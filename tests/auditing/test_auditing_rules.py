"""Rules between papers: each with a case that raises it, one that does not, and one that is a question."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from auditing_volumes import Paper, case_facts, complete, found, gd, list_of, run, volume

from pipeline.auditing.rules import RULES
from schemas.base import State
from schemas.case import Kind, KnownCase, KnownRecipient, Origin, Stage
from schemas.reading import Line, PageKind
from schemas.report import Certainty, Duty, Effect, Problem

CIVIL = list_of(Kind.CIVIL, Stage.TRIAL_FIRST)
TRIAL = list_of(Kind.CRIMINAL_DEFENCE, Stage.TRIAL_FIRST, Origin.NOTIFIED)
APPLIED = list_of(Kind.CRIMINAL_DEFENCE, Stage.TRIAL_FIRST, Origin.APPLIED)
PROSECUTION = list_of(Kind.CRIMINAL_DEFENCE, Stage.PROSECUTION, Origin.NOTIFIED)

CERTAIN, UNCERTAIN = Certainty.CERTAIN, Certainty.UNCERTAIN


def report(checklist, changes=None, *, case=None, known=None, stated=2, **more):
    """The audit of a complete file in which the fields of some papers are changed. `more`: fields of the case.

    A changed value stands `stated` times in the text of its paper.
    """
    rows, facts = complete(checklist)
    papers = []
    for _, paper in rows:
        fields = (changes or {}).get(paper.type, {})
        says = "，".join(str(field.value) for field in fields.values() for _ in range(stated))
        papers.append(replace(paper, fields={**paper.fields, **fields}, text=f"{paper.text}\n{says}"))
    return run(volume(papers, case or facts, more), known)


def told(result):
    return [
        (finding.rule.rsplit("/", 1)[1], finding.problem, finding.state, finding.effect) for finding in result.findings
    ]


def day(value, state=State.FOUND):
    return {"date": found(value, state=state)}


NAMES = {
    type_: {"recipient_name": found("陈小明")} for type_ in ("application_form", "assignment_notice", "closing_report")
}


def named(name, type_="power_of_attorney", score=0.98, state=State.FOUND):
    return {**NAMES, type_: {"recipient_name": found(name, score, state)}}


def test_every_rule_that_is_switched_on_is_known_and_every_known_rule_is_used():
    """No rule is dead: Guangdong uses each function that there is."""
    used = {setting.rule.partition(".")[0] for setting in gd().rules}
    assert used == set(RULES)


@pytest.mark.parametrize("name", ["陈小明", "陈某某", "陈 小 明", "陈小明（曾用名陈二）", "陈小*"])
def test_the_same_name_in_another_dress_is_no_finding(name):
    """Spaces, brackets and masked names are not another person."""
    assert told(report(CIVIL, named(name), recipient_name=found("陈小明"))) == []


@pytest.mark.parametrize(
    ("name", "score", "state"),
    [("陈晓明", 0.98, CERTAIN), ("陈小朋", 0.98, UNCERTAIN), ("陈小", 0.98, UNCERTAIN), ("陈晓明", 0.7, UNCERTAIN)],
)
def test_another_name_is_inconsistent(name, score, state):
    """A homophone is on the paper; a look-alike, a lost character and a weak reading are for a person."""
    result = report(CIVIL, named(name, score=score), recipient_name=found("陈小明"))
    assert told(result) == [("agreement.recipient_name", Problem.INCONSISTENT, state, Effect.BLOCKS)]
    assert "授权委托书" in result.findings[0].message


def test_a_name_nearly_right_and_written_once_is_a_question():
    """A pen misread and a wrong name look alike where the paper says it a single time."""
    result = report(CIVIL, named("陈晓明"), stated=1, recipient_name=found("陈小明"))
    assert [finding.state for finding in result.findings] == [UNCERTAIN]


def test_a_name_that_was_not_surely_read_is_no_finding():
    """A rule never fires on what it could not read."""
    assert told(report(CIVIL, named("陈晓明", state=State.UNCERTAIN), recipient_name=found("陈小明"))) == []


def test_a_handwritten_name_is_never_certainly_different():
    """Recognition of handwriting cannot vouch for one character."""
    rows, case = complete(CIVIL)
    papers = [
        replace(paper, fields={**paper.fields, "recipient_name": replace_page(found("陈晓明"), index + 1)},
                reading={"kind": PageKind.HANDWRITTEN})
        if paper.type == "power_of_attorney" else paper
        for index, (_, paper) in enumerate(rows)
    ]  # fmt: skip
    result = run(volume(papers, case, {"recipient_name": found("陈小明")}))
    assert told(result) == [("agreement.recipient_name", Problem.INCONSISTENT, UNCERTAIN, Effect.BLOCKS)]


def replace_page(value, page):
    return value.model_copy(update={"page": page})


def test_the_given_name_is_the_measure():
    """What a person gave wins over what was read."""
    known = KnownCase(recipient=KnownRecipient(name="陈晓明"))
    result = report(CIVIL, named("陈晓明"), known=known, recipient_name=found("陈小明"))
    assert result.findings[0].document is not None
    assert result.documents[result.findings[0].document].type == "application_form"


def test_a_judgment_about_several_people_needs_only_mention_the_recipient():
    """The first defendant of a judgment need not be ours."""
    rows, case = complete(TRIAL)
    papers = [
        replace(paper, text="被告人王大力、陈小明\n审判长", fields={**paper.fields, "recipient_name": found("王大力")})
        if paper.type == "outcome_document" else paper
        for _, paper in rows
    ]  # fmt: skip
    assert told(run(volume(papers, case, {"recipient_name": found("陈小明")}))) == []


VALID, OTHER_VALID, INVALID = "440803199001011238", "44080319850505221X", "440803199001011237"


def test_identity_numbers_are_held_against_each_other():
    """Two right numbers that differ contradict; one with a wrong check digit may be misread."""
    from pipeline.auditing.values import valid_identity_number

    valid = next(f"44080319900101123{d}" for d in "0123456789X" if valid_identity_number(f"44080319900101123{d}"))
    other = next(f"44080319850505221{d}" for d in "0123456789X" if valid_identity_number(f"44080319850505221{d}"))
    broken = valid[:10] + ("1" if valid[10] != "1" else "2") + valid[11:]
    assert not valid_identity_number(broken)
    for number, expected in ((valid, []), (other, [CERTAIN]), (broken, [UNCERTAIN])):
        changes = {"power_of_attorney": {"recipient_id_number": found(number)}}
        result = report(CIVIL, changes, recipient_id_number=found(valid))
        assert [finding.state for finding in result.findings] == expected
        assert all(valid not in finding.message for finding in result.findings), "an identity number is shown masked"


@pytest.mark.parametrize(
    ("field", "own", "same", "other", "effect"),
    [
        ("lawyer_name", "李强", "李强律师", "周海波", Effect.BLOCKS),
        ("firm_name", "广东海岸律师事务所", "海岸律师事务所", "广东潮声律师事务所", Effect.BLOCKS),
        ("case_number", "湛法援刑字〔2024〕12号", "湛法援刑字(2024)第012号", "湛法援刑字〔2024〕42号", Effect.CORRECT),
    ],
)
def test_lawyer_firm_and_number_agree(field, own, same, other, effect):
    """The closing report names the lawyer, firm and number of the assignment."""
    for value, expected in ((same, []), (other, [(f"agreement.{field}", Problem.INCONSISTENT, CERTAIN, effect)])):
        result = report(CIVIL, {"closing_report": {field: found(value)}}, **{field: found(own)})
        assert told(result) == expected


def test_a_number_of_another_series_is_not_compared():
    """The number of the letter and that of the case need not be alike."""
    changes = {"closing_report": {"case_number": found("（2024）粤援0803民7号")}}
    assert told(report(CIVIL, changes, case_number=found("湛法援指字〔2024〕12号"))) == []


def test_a_changed_lawyer_is_no_contradiction():
    """With a change of lawyer in the case the rule rests; the papers of the change are asked for instead."""
    rows, _ = complete(CIVIL)
    case = case_facts(CIVIL, lawyer_changed=True)
    papers = [
        replace(paper, fields={**paper.fields, "lawyer_name": found("周海波")})
        if paper.type == "closing_report"
        else paper
        for _, paper in rows
    ]
    result = run(volume(papers, case, {"lawyer_name": found("李强")}))
    assert {finding.document_type for finding in result.findings} == {"change_application", "change_notice"}


def test_the_stage_on_the_power_of_attorney():
    """A power of attorney for another stage blocks; one that prints all stages to be ticked says nothing."""
    for text, expected in (
        ("侦查阶段", [("agreement.stage", Problem.INCONSISTENT, CERTAIN, Effect.BLOCKS)]),
        ("一审阶段", []),
        ("侦查、审查起诉、一审", []),
    ):
        assert told(report(TRIAL, {"power_of_attorney": {"stage": found(text)}})) == expected


def test_court_numbers_of_notice_and_judgment():
    """The numbers of one court case agree; a look-alike digit is a question."""
    own = found("（2024）粤0803刑初12号")
    for value, expected in (("（2024）粤0803刑初12号", []), ("（2024）粤0803刑初52号", [CERTAIN])):
        result = report(TRIAL, {"hearing_notice": {"organ_case_number": found(value)}}, organ_case_number=own)
        assert [finding.state for finding in result.findings] == expected
    result = report(
        TRIAL, {"hearing_notice": {"organ_case_number": found("（2024）粤0803刑初17号")}},
        organ_case_number=found("（2024）粤0803刑初11号"),
    )  # fmt: skip
    assert [finding.state for finding in result.findings] == [UNCERTAIN]


def test_the_charge_on_our_own_papers():
    """A charge without a word in common is inconsistent; a longer wording is not."""
    for value, expected in (("涉嫌盗窃罪一案", []), ("诈骗罪", [CERTAIN])):
        result = report(TRIAL, {"power_of_attorney": {"cause": found(value)}}, cause=found("盗窃"))
        assert [finding.state for finding in result.findings] == expected


SEQUENCES = [
    (APPLIED, {"application_form": day("2025-03-07")}, "sequence.application_before_grant", Effect.BLOCKS),
    (APPLIED, {"grant_decision": day("2025-03-06")}, "sequence.grant_before_assignment", Effect.BLOCKS),
    (TRIAL, {"meeting_record": day("2025-03-04")}, "sequence.assignment_before_meeting", Effect.BLOCKS),
    (CIVIL, {"interview_record": day("2025-03-04")}, "sequence.assignment_before_interview", Effect.BLOCKS),
    (TRIAL, {"meeting_record": day("2025-04-02")}, "sequence.meeting_before_hearing", Effect.BLOCKS),
    (TRIAL, {"file_review_note": day("2025-04-02")}, "sequence.review_before_hearing", Effect.BLOCKS),
    (TRIAL, {"indictment": day("2025-03-12")}, "sequence.indictment_before_review", Effect.CORRECT),
    (TRIAL, {"advocacy_statement": day("2025-04-22")}, "sequence.advocacy_before_outcome", Effect.BLOCKS),
    (TRIAL, {"closing_report": day("2025-04-19")}, "sequence.outcome_before_closing", Effect.BLOCKS),
    (TRIAL, {"official_letter": day("2025-03-04")}, "sequence.assignment_before_letter", Effect.CORRECT),
    (TRIAL, {"power_of_attorney": day("2025-03-04")}, "sequence.assignment_before_mandate", Effect.CORRECT),
    (PROSECUTION, {"prosecution_opinion": day("2025-03-11")}, "sequence.opinion_before_review", Effect.CORRECT),
]


@pytest.mark.parametrize(("checklist", "changes", "rule", "effect"), SEQUENCES)
def test_dates_out_of_order(checklist, changes, rule, effect):
    """A certain finding where both dates were surely read; none where one was not."""
    result = report(checklist, changes)
    assert (rule, Problem.OUT_OF_SEQUENCE, CERTAIN, effect) in told(result)
    unread = {
        type_: {"date": fields["date"].model_copy(update={"state": State.UNCERTAIN})}
        for type_, fields in changes.items()
    }
    assert told(report(checklist, unread)) == []


def test_a_gap_of_years_is_rather_a_misread_year():
    """2025 read as 2020 is a question; read as 2015 or 2035 it is not even that."""
    result = report(TRIAL, {"meeting_record": day("2020-03-07")})
    assert told(result) == [("sequence.assignment_before_meeting", Problem.OUT_OF_SEQUENCE, UNCERTAIN, Effect.BLOCKS)]
    assert told(report(TRIAL, {"meeting_record": day("2015-03-07")})) == []
    assert told(report(TRIAL, {"hearing_notice": day("2035-03-07")})) == []


def test_a_second_meeting_after_the_hearing_is_no_finding():
    """The first meeting counts."""
    rows, case = complete(TRIAL)
    papers = [paper for _, paper in rows]
    place = next(index for index, paper in enumerate(papers) if paper.type == "meeting_record")
    papers.insert(place + 1, replace(papers[place], fields=day("2025-04-10")))
    assert told(run(volume(papers, case))) == []


def test_the_day_of_the_hearing_in_notice_and_record():
    """One contradicting pair is certain; with two hearings it is a question; one day in common is enough."""
    notice = {"hearing_notice": {"hearing_date": found("2025-04-02")}}
    record = {"hearing_record": {"hearing_date": found("2025-04-01")}}
    assert told(report(TRIAL, {**notice, **record})) == [
        ("same_day.hearing", Problem.INCONSISTENT, CERTAIN, Effect.CORRECT)
    ]
    same = {"hearing_notice": {"hearing_date": found("2025-04-01")}}
    assert told(report(TRIAL, {**same, **record})) == []


def test_a_day_after_the_audit_is_a_question():
    """A year misread upwards is likelier than a paper from the future."""
    result = report(TRIAL, {"volume_note": day("2026-05-01")})
    assert told(result) == [("future_date", Problem.OUT_OF_SEQUENCE, UNCERTAIN, Effect.CORRECT)]


@pytest.mark.parametrize(
    ("assigned", "expected"), [("2025-03-06", []), ("2025-03-10", [UNCERTAIN]), ("2025-03-20", [CERTAIN])]
)
def test_assignment_within_three_days_of_the_notice(assigned, expected):
    """Delivery takes its time: a few days more are a question, many are late; the office has to answer for it."""
    later = {type_: day("2025-03-24") for type_ in ("meeting_record", "power_of_attorney", "official_letter")}
    later["file_review_note"] = day("2025-03-25")
    result = report(TRIAL, {**later, "assignment_notice": day(assigned)})
    late = [finding for finding in result.findings if finding.rule.endswith("term.assignment_after_notice")]
    assert [finding.state for finding in late] == expected
    assert all(finding.duty is Duty.OFFICE and finding.effect is Effect.CORRECT for finding in late)


def test_a_term_in_a_year_without_calendar_is_no_finding():
    """Whoever cannot count working days does not call anyone late."""
    changes = {"defence_notice": day("2016-03-01"), "assignment_notice": day("2016-04-20")}
    assert not any(rule.startswith("term.") for rule, *_ in told(report(TRIAL, changes)))


@pytest.mark.parametrize(
    ("closed", "submitted", "expected"),
    [
        ("2025-04-22", "2025-05-20", 0),
        ("2025-04-22", "2025-05-22", 0),
        ("2025-04-22", "2025-05-23", 1),
        ("2025-04-22", None, 0),
        ("2025-03-25", None, 1),
    ],
)
def test_filing_within_thirty_days(closed, submitted, expected):
    """From the closing day to the day of handing in, or, at the earliest, to the date of the closing report."""
    known = KnownCase(submitted_on=date.fromisoformat(submitted) if submitted else None)
    changes = {
        "outcome_document": day("2025-03-24"),
        "advocacy_statement": day("2025-03-20"),
        "hearing_record": day("2025-03-15"),
    }
    result = report(CIVIL, changes, known=known, closed_on=found(closed))
    late = [finding for finding in result.findings if finding.problem is Problem.LATE]
    assert len(late) == expected
    assert all(finding.state is CERTAIN and finding.effect is Effect.CORRECT for finding in late)


def test_an_explained_delay_is_no_finding():
    """An explanation in the file answers the lateness."""
    rows, case = complete(CIVIL)
    papers = [paper for _, paper in rows]
    explained = [*papers, Paper("explanation", text="因住院治疗，逾期归档。")]
    known = KnownCase(submitted_on=date(2025, 5, 30))
    fields = {"closed_on": found("2025-04-22")}
    assert [finding.problem for finding in run(volume(papers, case, fields), known).findings] == [Problem.LATE]
    assert run(volume(explained, case, fields), known).findings == ()


def strange(numbered, **changes):
    """A complete civil file with an assignment notice of somebody else behind its own."""
    rows, case = complete(CIVIL)
    papers = [paper for _, paper in rows]
    place = next(index for index, paper in enumerate(papers) if paper.type == "assignment_notice")
    fields = {"recipient_name": found("王大力"), **changes}
    if numbered:
        fields["case_number"] = found("湛法援民字〔2024〕99号")
    papers.insert(place + 1, Paper("assignment_notice", text="王大力", fields=fields, marks=papers[place].marks))
    own = {"recipient_name": found("陈小明"), "case_number": found("湛法援民字〔2024〕12号")}
    return run(volume(papers, case, own))


def test_another_cases_paper():
    """Another name and another number: certain. The name alone: a question. Our own number: an inconsistent name."""
    assert told(strange(numbered=True)) == [("foreign", Problem.FOREIGN, CERTAIN, Effect.BLOCKS)]
    assert told(strange(numbered=False)) == [("foreign", Problem.FOREIGN, UNCERTAIN, Effect.BLOCKS)]
    ours = strange(numbered=False, case_number=found("湛法援民字〔2024〕12号"))
    assert told(ours) == [("agreement.recipient_name", Problem.INCONSISTENT, CERTAIN, Effect.BLOCKS)]


def test_another_cases_paper_does_not_stand_for_ours():
    """With our own assignment gone, the stranger's does not satisfy the item."""
    rows, case = complete(CIVIL)
    papers = [
        Paper("assignment_notice", fields={"recipient_name": found("王大力"), "case_number": found("湛法援民字〔2024〕99号")})
        if paper.type == "assignment_notice" else paper
        for _, paper in rows
    ]  # fmt: skip
    own = {"recipient_name": found("陈小明"), "case_number": found("湛法援民字〔2024〕12号")}
    problems = [(finding.problem, finding.document_type) for finding in run(volume(papers, case, own)).findings]
    assert problems == [(Problem.MISSING, "assignment_notice"), (Problem.FOREIGN, "assignment_notice")]


def printed(text, score):
    return (Line(text=text, box=(0.1, 0.1, 0.9, 0.12), score=score),)


@pytest.mark.parametrize(
    ("reading", "expected"),
    [
        ({"kind": PageKind.BLACK}, [CERTAIN]),
        ({"kind": PageKind.UNREADABLE}, [CERTAIN]),
        ({"low_quality": True, "quality": 0.6, "lines": printed("模糊" * 40, 0.6)}, [CERTAIN]),
        ({"low_quality": True, "quality": 0.6, "lines": printed("塑封", 0.6)}, [UNCERTAIN]),
        ({"low_quality": True, "quality": 0.0}, [UNCERTAIN]),
        ({"low_quality": True, "quality": 0.9, "dpi": 300, "lines": printed("审判员", 0.9)}, []),
        ({"low_quality": True, "quality": 0.9, "dpi": 150, "lines": printed("审判员", 0.9)}, [UNCERTAIN]),
    ],
)
def test_pages_that_cannot_be_read_are_scanned_again(reading, expected):
    """One finding for all of them; the scan is to blame where much was read and badly, few words may lie under a seal."""
    rows, case = complete(CIVIL)
    papers = [replace(paper, reading=reading) if paper.type in ("evidence", "pleading") else paper for _, paper in rows]
    result = run(volume(papers, case))
    assert [finding.state for finding in result.findings if finding.problem is Problem.ILLEGIBLE] == expected
    assert all(len(finding.evidence) == 2 for finding in result.findings)


def test_the_same_paper_twice():
    """The same picture, or nearly the same text where a volume holds one: noted. Blank backs are alike without a word."""
    rows, case = complete(CIVIL)
    papers = [paper for _, paper in rows]
    text = (
        "委托人陈小明委托广东海岸律师事务所李强律师为其与某公司机动车交通事故责任纠纷一案的一审诉讼代理人，代理权限为一般代理。"
        * 3
    )
    place = next(index for index, paper in enumerate(papers) if paper.type == "power_of_attorney")
    papers[place] = replace(papers[place], text=text)
    twice = [*papers[: place + 1], replace(papers[place], text=text[:-1]), *papers[place + 1 :]]
    assert told(run(volume(twice, case))) == [("duplicate", Problem.DUPLICATE, CERTAIN, Effect.NOTE)]
    other = [
        *papers[: place + 1],
        replace(papers[place], text=text.replace("一审", "特别授权，包括代为承认、放弃、变更诉讼请求") + "变更" * 40),
        *papers[place + 1 :],
    ]
    assert told(run(volume(other, case))) == []
    blank = Paper("blank", reading={"kind": PageKind.BLANK, "sha256": "same"})
    assert told(run(volume([*papers, blank, blank], case))) == []
    same = [
        replace(paper, reading={"sha256": "one"}) if paper.type in ("evidence", "pleading") else paper
        for paper in papers
    ]
    assert told(run(volume(same, case))) == [("duplicate", Problem.DUPLICATE, CERTAIN, Effect.NOTE)]


def judgment(texts, certain=True):
    rows, case = complete(CIVIL)
    papers = [replace(paper, texts=texts) if paper.type == "outcome_document" else paper for _, paper in rows]
    if not certain:
        papers.append(Paper("other", state=State.UNCERTAIN, score=0.2, certain=False))
    return run(volume(papers, case))


def test_pages_that_a_paper_counts_and_lacks():
    """Its own `第n页 共m页` shows the gap; a loose page may be the one; a muddled count shows nothing."""
    assert told(judgment(("第1页 共3页", "第2页 共3页", "审判长 第3页 共3页"))) == []
    assert told(judgment(("第1页 共3页", "审判长 第3页 共3页"))) == [
        ("page_gap", Problem.INCOMPLETE, CERTAIN, Effect.BLOCKS)
    ]
    assert told(judgment(("第1页 共3页", "审判长 第3页 共3页"), certain=False)) == [
        ("page_gap", Problem.INCOMPLETE, UNCERTAIN, Effect.BLOCKS)
    ]
    assert told(judgment(("第1页 共3页", "审判长 第3页 共5页"))) == []
    assert told(judgment(("第1页 共3页", "审判长"))) == []
    assert told(judgment(("本院认为\n— 1 —", "审判长\n— 3 —"))) == [
        ("page_gap", Problem.INCOMPLETE, CERTAIN, Effect.BLOCKS)
    ]
    assert told(judgment(("本院认为\n1", "判决如下\n2", "审判长\n3"))) == []
    assert told(judgment(("本院认为\n17", "审判长\n19"))) == []


def test_a_judgment_without_its_end():
    """No judges, no seal, no date: the last page lacks, told once. With a seal it has an end."""
    from auditing_volumes import lacking, mark

    rows, case = complete(CIVIL)

    def ended(**changes):
        papers = [
            replace(paper, text="判决如下：", **changes) if paper.type == "outcome_document" else paper
            for _, paper in rows
        ]
        return told(run(volume(papers, case)))

    gone = {"fields": {"date": lacking()}, "marks": {"organ_seal": mark(State.MISSING)}}
    assert ended(**gone) == [("ending", Problem.INCOMPLETE, CERTAIN, Effect.BLOCKS)]
    assert ended() == []
    half = {"fields": {"date": lacking()}, "marks": {"organ_seal": mark()}}
    assert ended(**half) == [("ending", Problem.INCOMPLETE, UNCERTAIN, Effect.BLOCKS)]


def test_a_paper_out_of_its_place():
    """The fewest papers that have to move are named, in one finding; doubtful papers are left out."""
    rows, case = complete(CIVIL)
    papers = [paper for _, paper in rows]
    report_ = papers.pop(next(index for index, paper in enumerate(papers) if paper.type == "closing_report"))
    result = run(volume([papers[0], report_, *papers[1:]], case))
    assert told(result) == [("misplaced", Problem.MISPLACED, CERTAIN, Effect.CORRECT)]
    assert result.findings[0].evidence[0].page == 2
    doubtful = replace(report_, state=State.UNCERTAIN, score=0.9, certain=False)
    assert told(run(volume([papers[0], doubtful, *papers[1:]], case))) == []


def test_a_receipt_for_fees_is_a_question():
    """Whether money was taken is for a person to find out."""
    rows, case = complete(CIVIL)
    papers = [paper for _, paper in rows]
    assert told(run(volume([*papers, Paper("other", text="收款收据 今收到律师费")], case))) == [
        ("fee_taken", Problem.FORBIDDEN, UNCERTAIN, Effect.BLOCKS)
    ]
    assert told(run(volume([*papers, Paper("other", text="送货单")], case))) == []
    among = Paper("evidence", text="收款收据 今收到陈小明交来律师费人民币3000元整", state=State.UNCERTAIN)
    assert told(run(volume([*papers, among], case))) == [
        ("fee_taken.among_evidence", Problem.FORBIDDEN, UNCERTAIN, Effect.BLOCKS)
    ]
    assert told(run(volume([*papers, Paper("evidence", text="收款收据 今收到押金人民币3000元整")], case))) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [("辩护人周海波、李强\n审判长", []), ("辩护人周海波、季强\n审判长", []), ("辩护人周海波\n审判长", [UNCERTAIN])],
)
def test_another_lawyer_in_a_judgment_about_several_people(text, expected):
    """The first counsel named may be a co-defendant's; ours is there, perhaps misread, or it is a question."""
    rows, case = complete(TRIAL)
    papers = [
        replace(paper, text=text, fields={**paper.fields, "lawyer_name": found("周海波")})
        if paper.type == "outcome_document" else paper
        for _, paper in rows
    ]  # fmt: skip
    result = run(volume(papers, case, {"lawyer_name": found("李强")}))
    assert [finding.state for finding in result.findings] == expected


def test_a_homophone_in_a_plea_is_certain():
    """One character of the name is another in the lawyer's own plea, twice."""
    rows, case = complete(TRIAL)
    papers = [
        replace(paper, text="被告人陈晓明……综上，陈晓明系初犯", fields={**paper.fields, "recipient_name": found("陈晓明")})
        if paper.type == "advocacy_statement" else paper
        for _, paper in rows
    ]  # fmt: skip
    result = run(volume(papers, case, {"recipient_name": found("陈小明")}))
    assert told(result) == [("agreement.recipient_name", Problem.INCONSISTENT, CERTAIN, Effect.BLOCKS)]
