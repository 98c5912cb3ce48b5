"""Rules about people, numbers, seals and other closing files: each raised, not raised, and left open."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from auditing_sheets import problems
from auditing_volumes import SOURCE, TODAY, Paper, case_facts, complete, found, gd, list_of, run, volume

from pipeline.auditing import audit
from pipeline.auditing.sketching import overlapping, resemblance, sketch, sketches_of
from pipeline.auditing.values import valid_identity_number
from schemas.base import State
from schemas.case import Kind, KnownCase, KnownLawyer, Origin, Stage
from schemas.reading import Line
from schemas.report import Certainty, Duty
from schemas.volume import FieldValue, Mark

CIVIL = list_of(Kind.CIVIL, Stage.TRIAL_FIRST)
TRIAL = list_of(Kind.CRIMINAL_DEFENCE, Stage.TRIAL_FIRST, Origin.NOTIFIED)


def file_with(checklist, changes, facts=None, **fields):
    """A complete file in which papers are changed: type to what replaces in them."""
    rows, own = complete(checklist)
    papers = [replace(paper, **changes.get(paper.type, {})) for _, paper in rows]
    return volume(papers, facts or own, fields)


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


def test_office_papers_on_rest_days():
    """Four of them on rest days are worth a question; one is a busy office; without a calendar nobody knows."""
    types = ("approval_form", "grant_decision", "assignment_notice", "official_letter")
    resting = {type_: {"fields": {"date": found("2025-03-08")}} for type_ in types}
    assert problems(run(file_with(CIVIL, resting)), "rest_day") == [("out_of_sequence", "uncertain", "note")]
    assert problems(run(file_with(CIVIL, {"approval_form": resting["approval_form"]})), "rest_day") == []
    unknown = {type_: {"fields": {"date": found("2016-03-05")}} for type_ in types}
    assert problems(run(file_with(CIVIL, unknown)), "rest_day") == []


def test_what_only_likely_applies_is_asked():
    """A rule whose condition the papers make no more than likely puts a question instead of a finding."""
    rows, _ = complete(TRIAL)
    from schemas.case import CaseFacts, Fact

    facts = dict(case_facts(TRIAL).facts)
    late = [
        replace(paper, fields={**paper.fields, "date": found("2025-04-02")})
        if paper.type == "meeting_record"
        else paper
        for _, paper in rows
    ]
    rule = "sequence.meeting_before_hearing"
    assert problems(run(volume(late, CaseFacts(facts=facts))), rule) == [("out_of_sequence", "certain", "blocks")]
    likely = {**facts, "hearing_held": Fact(value=True, state=State.UNCERTAIN, score=0.6)}
    report = run(volume(late, CaseFacts(facts=likely)))
    assert problems(report, rule) == [("out_of_sequence", "uncertain", "blocks")]
    assert "已开庭审理" in next(finding for finding in report.findings if finding.rule.endswith(rule)).reason


SPEECH = "".join(
    f"第{index}点，辩护人认为，被告人到案后如实供述自己的罪行，系初犯、偶犯，主观恶性较小，社会危害性有限，"
    f"且已经取得被害人的谅解，依法可以从轻处罚，请合议庭在量刑时予以充分考虑其家庭情况与悔罪表现之{index * 7 % 11}。"
    for index in range(1, 12)
)
OTHER_SPEECH = "".join(
    f"关于事实部分的第{index}个问题：原告主张的误工费缺少工资流水佐证，护理期限应当以鉴定意见为准，交通费票据与就医时间不符，"
    f"营养费标准过高，残疾赔偿金应当按照上一年度统计数据计算，精神损害抚慰金应当酌情予以减少{index}。"
    for index in range(1, 12)
)


def known_papers(text, case="湛法援刑字〔2024〕7号", **fields):
    other = volume([Paper("advocacy_statement", text=text, fields=fields)], case_facts(TRIAL))
    return sketches_of(other, case, ["advocacy_statement"])


def compared(text, archive, **fields):
    changes = {"advocacy_statement": {"text": text, "fields": fields}}
    file = file_with(TRIAL, changes, case_number=found("湛法援刑字〔2025〕1号"))
    return problems(audit(file, gd(), SOURCE, KnownCase(), TODAY, archive), "resemblance")


def test_a_plea_copied_from_another_file():
    """The same plea under another name and date is a question; another plea, a short one, or no archive is nothing."""
    name = {"recipient_name": found("王大力")}
    own = {"recipient_name": found("陈小明")}
    archive = known_papers(f"被告人王大力 {SPEECH} 2024年2月1日", **name)
    assert compared(f"被告人陈小明 {SPEECH} 2025年4月2日", archive, **own) == [("duplicate", "uncertain", "note")]
    assert compared(OTHER_SPEECH, archive, **own) == []
    assert compared("请求从轻处罚", known_papers("请求从轻处罚")) == []
    assert compared(SPEECH, ()) == []


def test_a_case_is_not_compared_with_itself():
    """A second round finds its own first one in the archive."""
    archive = known_papers(SPEECH, case="湛法援刑字〔2025〕1号")
    file = file_with(TRIAL, {"advocacy_statement": {"text": SPEECH}}, case_number=found("湛法援刑字〔2025〕1号"))
    assert problems(audit(file, gd(), SOURCE, KnownCase(), TODAY, archive), "resemblance") == []


def test_a_case_without_a_number_is_compared_with_nothing():
    """Nobody could say that the known paper is not its own, of an earlier round."""
    file = file_with(TRIAL, {"advocacy_statement": {"text": SPEECH}})
    assert problems(audit(file, gd(), SOURCE, KnownCase(), TODAY, known_papers(SPEECH)), "resemblance") == []


def test_resemblance_follows_what_texts_share():
    """The same is 1, nothing in common is near 0, half is about half."""

    def sketched(text):
        file = volume([Paper("advocacy_statement", text=text)], case_facts(TRIAL))
        return sketch(file.documents[0], "")

    same, other, half = sketched(SPEECH), sketched(OTHER_SPEECH), sketched(SPEECH + OTHER_SPEECH)
    assert resemblance(same, same) == 1.0
    assert (resemblance(same, other) or 0) < 0.1
    assert 0.25 < (resemblance(same, half) or 0) < 0.75
    assert resemblance(same, sketched("短")) is None


def meeting(hours, lawyer="李强", state=State.FOUND):
    text = f"会见时间：2025年3月7日{hours} 会见人：{lawyer}"
    fields = {"lawyer_name": found(lawyer, state=state), "date": found("2025-03-07")}
    return volume([Paper("meeting_record", text=text, fields=fields)], case_facts(TRIAL))


@pytest.mark.parametrize(
    ("hours", "lawyer", "clash"),
    [
        ("9时30分至10时30分", "李强", True),
        ("10:00-11:00", "李强", True),
        ("10时30分至11时00分", "李强", False),
        ("9时30分至10时30分", "周海波", False),
        ("上午", "李强", False),
        ("10时至9时", "李强", False),
    ],
)
def test_one_lawyer_at_two_meetings_at_once(hours, lawyer, clash):
    """Hours that overlap, for one lawyer; what states no hours, or nonsense, clashes with nothing."""
    one = sketch(meeting("9时00分至10时30分").documents[0], "甲案")
    other = sketch(meeting(hours, lawyer).documents[0], "乙案")
    assert overlapping(one, other) is clash


def test_meetings_at_once_are_a_question():
    """The other file is named."""
    archive = sketches_of(meeting("9时00分至10时30分"), "湛法援刑字〔2024〕7号", ["meeting_record"])
    fields = {"lawyer_name": found("李强"), "date": found("2025-03-07")}
    changes = {"meeting_record": {"text": "会见时间：2025年3月7日10时00分至11时00分", "fields": fields}}
    file = file_with(TRIAL, changes, case_number=found("湛法援刑字〔2025〕1号"))
    report = audit(file, gd(), SOURCE, KnownCase(), TODAY, archive)
    assert problems(report, "resemblance") == [("inconsistent", "uncertain", "note")]
    assert "湛法援刑字〔2024〕7号" in report.findings[0].message


@pytest.mark.parametrize(
    ("changes", "rule", "effect"),
    [
        ({"approval_form": "2025-03-01"}, "sequence.application_before_approval", "blocks"),
        ({"power_of_attorney": "2025-04-03"}, "sequence.mandate_before_hearing", "correct"),
    ],
)
def test_more_dates_out_of_order(changes, rule, effect):
    """What must come first and is dated later; a date that was not surely read is no finding."""
    dated = {type_: {"fields": {"date": found(day)}} for type_, day in changes.items()}
    assert ("out_of_sequence", "certain", effect) in problems(run(file_with(CIVIL, dated)), rule)
    unread = {type_: {"fields": {"date": found(day, state=State.UNCERTAIN)}} for type_, day in changes.items()}
    assert problems(run(file_with(CIVIL, unread)), rule) == []


def test_a_plea_before_the_meeting():
    """Nobody pleads for whom he has not met."""
    changes = {"advocacy_statement": {"fields": {"date": found("2025-03-06")}}}
    assert problems(run(file_with(TRIAL, changes)), "sequence.meeting_before_advocacy") == [
        ("out_of_sequence", "certain", "correct")
    ]


def test_no_finding_rests_on_a_number_shown_in_full():
    """Identity numbers never stand in a message."""
    file = file_with(CIVIL, stating(WRONG, "", "application_form", "power_of_attorney", "identity_document"))
    report = run(file)
    assert report.findings
    assert all(WRONG not in finding.message + finding.reason + finding.remedy for finding in report.findings)
    assert all(finding.state is not Certainty.CERTAIN for finding in report.findings)


def pen_dated(day):
    """A plea's date, written by hand over the line that stands at its place."""
    line = Line(text=day, box=(0.5, 0.8, 0.8, 0.82), score=0.97, handwritten=True)
    value = FieldValue(value=day, state=State.FOUND, score=0.97, box=(0.5, 0.8, 0.8, 0.82))
    return {"advocacy_statement": {"fields": {"date": value}, "reading": {"lines": (line,)}}}


def test_a_date_by_pen_out_of_order_is_a_question():
    """A digit by hand may be another; in order it is no question."""
    rows, facts = complete(TRIAL)
    at = next(number for number, (_, paper) in enumerate(rows, start=1) if paper.type == "advocacy_statement")
    for day, expected in (("2025-04-25", [("out_of_sequence", "uncertain", "blocks")]), ("2025-04-10", [])):
        changes = pen_dated(day)["advocacy_statement"]
        dated = changes["fields"]["date"].model_copy(update={"page": at})
        papers = [
            replace(paper, fields={"date": dated}, reading=changes["reading"])
            if paper.type == "advocacy_statement"
            else paper
            for _, paper in rows
        ]
        report = run(volume(papers, facts))
        assert problems(report, "sequence.advocacy_before_outcome") == expected
        assert all("手写" in finding.reason for finding in report.findings)


def test_one_wrong_date_is_told_once():
    """A closing report before the judgment is before the closing day as well."""
    changes = {"closing_report": {"fields": {"date": found("2025-04-10")}}}
    report = run(file_with(CIVIL, changes, closed_on=found("2025-04-22")))
    assert [finding.rule.rsplit("/", 1)[1] for finding in report.findings] == ["sequence.outcome_before_closing"]


OWN = {
    "recipient_name": found("陈小明"), "recipient_id_number": found(VALID), "lawyer_name": found("李强"),
    "cause": found("盗窃罪"), "firm_name": found("广东海岸律师事务所"),
}  # fmt: skip
STRANGE = {
    "recipient_id_number": found(number("02")), "lawyer_name": found("周海波"), "cause": found("诈骗罪"),
}  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (STRANGE, [("foreign", "certain", "blocks")]),
        ({**STRANGE, "lawyer_name": OWN["lawyer_name"]}, []),
        ({**STRANGE, "lawyer_name": found("周海波", 0.7)}, []),
        ({"lawyer_name": STRANGE["lawyer_name"], "cause": STRANGE["cause"]}, []),
    ],
)
def test_another_cases_paper_without_a_name(fields, expected):
    """Another right number, another lawyer and another charge make it a stranger's; less leaves it ours."""
    rows, facts = complete(TRIAL)
    papers = [paper for _, paper in rows]
    place = next(index for index, paper in enumerate(papers) if paper.type == "power_of_attorney")
    strange = replace(papers[place], fields={**papers[place].fields, **fields})
    report = run(volume([*papers[: place + 1], strange, *papers[place + 1 :]], facts, OWN))
    assert problems(report, "foreign") == expected
    assert bool(expected) is not any(finding.problem.value == "inconsistent" for finding in report.findings)


def test_a_court_number_that_was_doubted_for_being_another():
    """The paper's own number is another than the case's: a question; one that was read as the case's is none."""
    for stated, expected in (("（2025）粤0793刑初167号", ["uncertain"]), ("（2025）粤0793刑初156号", [])):
        fields = {"organ_case_number": found(stated, state=State.UNCERTAIN), "number": found(stated)}
        file = file_with(
            TRIAL, {"hearing_notice": {"fields": fields}}, organ_case_number=found("（2025）粤0793刑初156号")
        )
        assert [state for _, state, _ in problems(run(file), "agreement.organ_case_number")] == expected


def test_the_accuseds_number_is_not_the_victims():
    """In a charge about somebody else a quite other number says nothing; one digit off is a question."""
    for stated, expected in ((number("02")[:6] + "198505052213", []), (VALID[:-2] + "9" + VALID[-1], ["uncertain"])):
        fields = {"recipient_id_number": found(stated)}
        file = file_with(TRIAL, {"indictment": {"fields": fields}}, recipient_id_number=found(VALID))
        assert [state for _, state, _ in problems(run(file), "agreement.recipient_id_number")] == expected


@pytest.mark.parametrize(
    ("line_text", "rest", "expected"),
    [
        ("受援人：王大力", "受援人王大力在此陈述", ["certain"]),
        ("经审查，申请人王大力提出异议", "申请人王大力提出异议", ["uncertain"]),
        ("受援人：王大力", "受援人王大力与陈小明共同签收", ["uncertain"]),
    ],
)
def test_another_name_is_held_against_a_paper_only_as_a_form_states_it(line_text, rest, expected):
    """Certain in a cell of a paper of this case; a question in running text, or beside the expected name."""
    box = (0.1, 0.2, 0.5, 0.22)
    rows, facts = complete(CIVIL)
    at = next(number for number, (_, paper) in enumerate(rows, start=1) if paper.type == "approval_form")
    stated = found("王大力").model_copy(update={"page": at, "box": box})
    own = {"recipient_name": stated, "recipient_id_number": found(VALID)}
    lines = (Line(text=line_text, box=box, score=0.98),)
    papers = [
        replace(paper, text=rest, fields={**paper.fields, **own}, reading={"lines": lines})
        if paper.type == "approval_form"
        else paper
        for _, paper in rows
    ]
    report = run(volume(papers, facts, {"recipient_name": found("陈小明"), "recipient_id_number": found(VALID)}))
    assert [state for _, state, _ in problems(report, "agreement.recipient_name")] == expected


@pytest.mark.parametrize(("times", "expected"), [(1, []), (2, ["uncertain"])])
def test_a_speech_for_somebody_else_is_a_question(times, expected):
    """A name that runs through a speech in the recipient's role, where the recipient's stands nowhere."""
    doubted = found("王大力", 0.6, State.UNCERTAIN)
    changes = {"text": "被告人王大力认罪。" * times, "fields": {"recipient_name": doubted}}
    file = file_with(TRIAL, {"advocacy_statement": changes}, recipient_name=found("陈小明"))
    assert [state for _, state, _ in problems(run(file), "agreement.recipient_name")] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("性别：女身份证号码：{}", ["uncertain"]), ("性别：男身份证号码：{}", []), ("性别：男性别：女身份证号码：{}", [])],
)
def test_a_sex_that_the_number_contradicts(text, expected):
    """The last figure but one is odd for men; where two people are told of, nobody knows whose it is."""
    from auditing_sheets import audited, line, problems, sheet
    from auditing_volumes import found, list_of

    from schemas.case import Kind, Stage

    number = "440803199001011234"
    paper = sheet("application_form", (line(text.format(number), 0.3),), fields={"recipient_id_number": found(number)})
    report = audited(list_of(Kind.CIVIL, Stage.TRIAL_FIRST), paper)
    assert [state for _, state, _ in problems(report, "identity_number")] == expected
