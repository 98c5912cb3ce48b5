"""Names, numbers, firms and stages that papers must state alike."""

from __future__ import annotations

from dataclasses import replace

import pytest
from auditing_changes import CERTAIN, CIVIL, TRIAL, UNCERTAIN, file_with, report, told
from auditing_sheets import problems
from auditing_volumes import Paper, case_facts, complete, found, run, volume

from pipeline.auditing.values import valid_identity_number
from schemas.base import State
from schemas.case import KnownCase, KnownRecipient
from schemas.reading import Line, PageKind
from schemas.report import Effect, Problem

NAMES = {
    type_: {"recipient_name": found("陈小明")} for type_ in ("application_form", "assignment_notice", "closing_report")
}


def named(name, type_="power_of_attorney", score=0.98, state=State.FOUND):
    return {**NAMES, type_: {"recipient_name": found(name, score, state)}}


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


def replace_page(value, page):
    return value.model_copy(update={"page": page})


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


def number(month="01"):
    stem = f"440803199{0}{month}011"
    return next(stem + f"23{last}" for last in "0123456789X" if valid_identity_number(stem + f"23{last}"))


VALID = number()


def test_a_court_number_that_was_doubted_for_being_another():
    """The paper's own number is another than the case's: a question; one that was read as the case's is none."""
    for stated, expected in (("（2025）粤0793刑初167号", ["uncertain"]), ("（2025）粤0793刑初156号", [])):
        fields = {"organ_case_number": found(stated, state=State.UNCERTAIN), "number": found(stated)}
        file = file_with(
            TRIAL, {"hearing_notice": {"fields": fields}}, organ_case_number=found("（2025）粤0793刑初156号")
        )
        assert [state for _, state, _ in problems(run(file), "agreement.organ_case_number")] == expected


@pytest.mark.parametrize(
    ("name", "stated", "score", "times", "expected"),
    [
        ("lawyer_name", "林佩珊", 0.95, 1, ["uncertain"]),
        ("lawyer_name", "林佩珊", 0.9, 1, []),
        ("lawyer_name", "黄佩珊", 0.95, 1, []),
        ("firm_name", "广东渔光南粤律师事务所", 0.6, 2, ["uncertain"]),
        ("firm_name", "广东渔光南粤律师事务所", 0.6, 1, []),
    ],
)
def test_a_doubted_name_that_no_misreading_explains_is_a_question(name, stated, score, times, expected):
    """Somebody else altogether, by pen; a firm that a paper names alike at two places."""
    own = {"lawyer_name": "黄永祎", "firm_name": "广东渔光律师事务所"}[name]
    fields = {name: found(stated, score, state=State.UNCERTAIN)}
    paper = {"fields": fields, "text": "，".join([stated] * times)}
    file = file_with(CIVIL, {"representation_agreement": paper}, **{name: found(own)})
    assert [state for _, state, _ in problems(run(file), f"agreement.{name}")] == expected


@pytest.mark.parametrize(("stated", "expected"), [(VALID, []), (number("02"), ["uncertain"])])
def test_two_papers_with_two_numbers_for_one_person_are_a_question(stated, expected):
    """Where nothing else states the recipient's number, nobody knows which is right; that they differ is known."""
    own = {"recipient_name": found("陈小明")}
    changes = {
        "defence_notice": {"fields": {**own, "recipient_id_number": found(VALID)}},
        "power_of_attorney": {"fields": {**own, "recipient_id_number": found(stated)}},
    }
    unsure = found(stated, 0.7, state=State.UNCERTAIN)
    file = file_with(TRIAL, changes, recipient_name=found("陈小明"), recipient_id_number=unsure)
    assert [state for _, state, _ in problems(run(file), "agreement.recipient_id_number")] == expected


def _swapped():
    return VALID[:12] + VALID[13] + VALID[12] + VALID[14:]


def _other(*at):
    return "".join(str((int(figure) + 4) % 10) if place in at else figure for place, figure in enumerate(VALID))


@pytest.mark.parametrize(
    ("wrong", "score", "pen", "expected"),
    [
        (_swapped(), 1.0, False, ["uncertain"]),
        (_swapped(), 0.9, True, ["uncertain"]),
        (_other(10, 12), 1.0, False, ["uncertain"]),
        (_other(10, 12), 0.9, False, []),
        (_other(10, 12), 1.0, True, []),
        (_other(12), 1.0, False, []),
    ],
)
def test_a_number_with_two_figures_changed_is_a_question(wrong, score, pen, expected):
    """Its check digit is wrong, so that it was doubted; but plain print is hardly misread in two places, and nothing is
    misread in such a way that two figures change places. Which ones differ is said."""
    places = "、".join(str(at + 1) for at in range(18) if wrong[at] != VALID[at])
    box = (0.2, 0.2, 0.7, 0.22)
    before = [paper.type for _, paper in complete(CIVIL)[0]].index("representation_agreement")
    value = found(wrong, 0.6, state=State.UNCERTAIN).model_copy(update={"box": box, "page": before + 1})
    text = Line(text=f"甲方：陈小明 身份证号码：{wrong}", box=box, score=score, handwritten=pen)
    paper = {"fields": {"recipient_id_number": value}, "reading": {"lines": (text,)}}
    file = file_with(CIVIL, {"representation_agreement": paper}, recipient_id_number=found(VALID))
    told_ = run(file)
    assert [state for _, state, _ in problems(told_, "agreement.recipient_id_number")] == expected
    assert all(f"第{places}位不同" in finding.message for finding in told_.findings)


def test_the_accuseds_number_is_not_the_victims():
    """In a charge about somebody else a quite other number says nothing; one digit off is a question."""
    for stated, expected in ((number("02")[:6] + "198505052213", []), (VALID[:-2] + "9" + VALID[-1], ["uncertain"])):
        fields = {"recipient_id_number": found(stated)}
        file = file_with(TRIAL, {"indictment": {"fields": fields}}, recipient_id_number=found(VALID))
        assert [state for _, state, _ in problems(run(file), "agreement.recipient_id_number")] == expected


@pytest.mark.parametrize(
    ("text", "facts", "expected"),
    [
        ("姓名陈小明 公民身份号码", {}, ["certain"]),
        ("姓名陈大江 公民身份号码", {}, ["uncertain"]),
        ("姓名陈大江 公民身份号码", {"incapacitated": True}, []),
    ],
)
def test_the_card_of_a_guardian_is_not_the_recipients(text, facts, expected):
    """A card with another number that names somebody else proves who acts for the recipient."""
    other = next(f"44080319740317033{d}" for d in "0123456789X" if valid_identity_number(f"44080319740317033{d}"))
    card = {"fields": {"recipient_id_number": found(other)}, "text": text + other}
    fields = {"recipient_name": found("陈小明"), "recipient_id_number": found(VALID)}
    known = case_facts(CIVIL, **facts)
    file = file_with(CIVIL, {"identity_document": card}, known, **fields)
    assert [state for _, state, _ in problems(run(file), "agreement.recipient_id_number")] == expected


@pytest.mark.parametrize("acts", [True, False])
def test_a_father_who_acts_for_the_recipient_fills_in_and_signs(acts):
    """His number on the application, his name on a notice: proven by his own papers, they are nobody else's."""
    fathers = next(f"44080319740317033{d}" for d in "0123456789X" if valid_identity_number(f"44080319740317033{d}"))
    box = (0.2, 0.2, 0.7, 0.22)
    rows, _ = complete(CIVIL)
    place = [paper.type for _, paper in rows].index("rights_notice") + 1
    name = found("陈大江", 0.99, state=State.UNCERTAIN).model_copy(update={"box": box, "page": place})
    signed = Line(text="受援人（法定代理人）：陈大江", box=box, score=0.99, handwritten=True)
    changes = {
        "application_form": {"fields": {"recipient_id_number": found(fathers)}, "text": f"法定代理人：陈大江{fathers}"},
        "rights_notice": {"fields": {"recipient_name": name}, "reading": {"lines": (signed,)}},
    }
    papers = [replace(paper, **changes.get(paper.type, {})) for _, paper in rows]
    papers.append(Paper("agent_identity", text=f"姓名陈大江 公民身份号码{fathers}"))
    own = {"recipient_name": found("陈小明"), "recipient_id_number": found(VALID)}
    report = run(volume(papers, case_facts(CIVIL, minor=acts), own))
    for rule in ("agreement.recipient_id_number", "agreement.recipient_name"):
        assert bool(problems(report, rule)) is not acts, rule


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
