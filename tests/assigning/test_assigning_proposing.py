"""Whom the office is proposed to assign, in which order, and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from assigning_people import TODAY, assigned, case, caseload, civil, doubts, excluded, lawyer, reasons
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.assigning import Caseload, case_remarks, demand_permitted, despite, late_remark, meant, propose
from pipeline.errors import UsageError
from schemas.case import Kind, Stage
from schemas.registration import CaseRecord, Group, Recipient
from schemas.report import Standing
from schemas.roster import Candidate, Lawyer, Personnel, Preferences


def only(record: CaseRecord, who: Lawyer, load: Caseload | None = None, day: date = TODAY) -> Candidate:
    return propose(record, [who], load or Caseload(), day)[0]


def names(candidates: tuple[Candidate, ...]) -> list[str]:
    return [candidate.lawyer.name for candidate in candidates]


def test_fewest_open_cases_come_first() -> None:
    """Of two lawyers alike, the one with less under way is proposed; cases outside the registry count too."""
    one, two, three = lawyer(1), lawyer(2), lawyer(3, other_open_cases=2)
    found = propose(case(), [one, two, three], caseload(open_cases={one.licence: 1, two.licence: 0}), TODAY)
    assert names(found) == ["律师2", "律师1", "律师3"]
    assert "在办案件2件" in reasons(found[-1])


def test_longest_since_last_assignment_decides_between_equal_loads() -> None:
    """With equal loads, whoever never had a case comes first, then whose last one lies longest back."""
    one, two, three = lawyer(1), lawyer(2), lawyer(3)
    handled = Caseload(
        assignments=(assigned(civil(), one, date(2026, 9, 1)), assigned(civil(), two, date(2026, 8, 1))),
    )
    assert names(propose(case(), [one, two, three], handled, TODAY)) == ["律师3", "律师2", "律师1"]


def test_field_of_the_cause_outweighs_two_open_cases_and_of_the_kind_one() -> None:
    """The published weights: the cause's field counts two open cases, the kind's one, the region one."""
    record = civil(cause="离婚纠纷", region="霞山区")
    one = lawyer(1, fields=("婚姻家庭",))
    two = lawyer(2, fields=("民事",))
    three = lawyer(3, regions=("霞山",))
    four = lawyer(4, fields=("刑事",), regions=("赤坎区",))
    scores = {each.lawyer.name: each.score for each in propose(record, [one, two, three, four], Caseload(), TODAY)}
    assert scores == {"律师1": 2.0, "律师2": 1.0, "律师3": 1.0, "律师4": 0.0}


def test_preferences_are_the_offices() -> None:
    """An office that does not care for fields sets their weight to nothing."""
    record = civil(cause="离婚纠纷")
    found = propose(record, [lawyer(1, fields=("婚姻",))], Caseload(), TODAY, Preferences(field=0, region=0))
    assert found[0].score == 0


def test_recipients_own_choice_comes_first_whatever_the_load() -> None:
    """点援: whom the recipient asks for comes before those with less under way, and the reason says so."""
    one, two = lawyer(1), lawyer(2)
    record = civil(chosen_lawyer="律师2")
    found = propose(record, [one, two], caseload(open_cases={two.licence: 9}), TODAY)
    assert names(found) == ["律师2", "律师1"]
    assert "点援" in reasons(found[0])
    assert "点援" not in reasons(found[1])


def test_recipients_choice_that_is_excluded_comes_last_with_the_reason() -> None:
    """点援 does not help against an exclusion, and the office is told to tell the recipient."""
    one, two = lawyer(1), lawyer(2, suspended_until=date(2026, 12, 1))
    record = civil(chosen_lawyer="律师2")
    found = propose(record, [one, two], Caseload(), TODAY)
    assert names(found) == ["律师1", "律师2"]
    assert any("排除情形" in said for said in case_remarks(record, found))


def test_choice_that_means_two_is_a_doubt_and_one_not_on_the_roster_is_told() -> None:
    """Two lawyers of the name the recipient gave: somebody has to ask. Nobody of that name: the office is told."""
    twins = [lawyer(1, name="李闻舟"), lawyer(2, name="李闻舟")]
    found = propose(civil(chosen_lawyer="李闻舟律师"), twins, Caseload(), TODAY)
    assert all("2名同名" in doubts(each) for each in found)
    by_firm = propose(civil(chosen_lawyer="广东第2律师事务所李闻舟"), twins, Caseload(), TODAY)
    assert by_firm[0].lawyer == twins[1]
    assert not by_firm[0].doubts
    absent = civil(chosen_lawyer="赵无")
    assert any("名册中没有此人" in said for said in case_remarks(absent, found))


@pytest.mark.parametrize(("until", "out"), [(date(2026, 11, 21), True), (TODAY, False), (None, False)])
def test_suspension_excludes_until_its_day(until: date | None, out: bool) -> None:
    """A suspended lawyer gets no new case before the day on which the suspension ends."""
    assert bool(only(case(), lawyer(suspended_until=until)).excluded) is out


@pytest.mark.parametrize(
    ("since", "life_or_death", "out", "asked"),
    [
        (date(2023, 11, 20), True, False, False),
        (date(2023, 11, 21), True, True, False),
        (None, True, False, True),
        (date(2025, 1, 1), False, False, False),
        (None, False, False, False),
        (date(2025, 1, 1), None, False, True),
        (None, None, False, False),
    ],
)
def test_three_years_of_practice_for_life_or_death(
    since: date | None, life_or_death: bool | None, out: bool, asked: bool
) -> None:
    """Three years to the day are enough; an unknown start is asked about, never an exclusion; article 26 is cited."""
    found = only(case(life_or_death=life_or_death), lawyer(practising_since=since))
    assert (bool(found.excluded), bool(found.doubts)) == (out, asked)
    for objection in (*found.excluded, *found.doubts):
        assert "第二十六条" in objection.basis
        assert objection.standing is Standing.OFFICIAL


def test_death_review_demands_three_years_whatever_is_registered() -> None:
    """In the review of a death sentence the question whether death is possible is answered."""
    record = case(stage=Stage.DEATH_REVIEW, life_or_death=None)
    assert only(record, lawyer(practising_since=date(2025, 1, 1))).excluded
    assert "执业满三年" in reasons(only(record, lawyer()))
    assert not any("没有写明" in said for said in case_remarks(record, (only(record, lawyer()),)))


def test_leap_day_counts_to_the_first_of_march() -> None:
    """Whoever began on 29 February has three years on 1 March."""
    began = lawyer(practising_since=date(2024, 2, 29))
    assert only(case(life_or_death=True), began, day=date(2027, 2, 28)).excluded
    assert not only(case(life_or_death=True), began, day=date(2027, 3, 1)).excluded


def test_three_years_are_not_asked_of_a_victims_lawyer() -> None:
    """Article 26 speaks of the defender."""
    record = case(kind=Kind.CRIMINAL_REPRESENTATION, life_or_death=True)
    assert not only(record, lawyer(practising_since=date(2025, 1, 1))).excluded


@pytest.mark.parametrize(
    ("kind", "out", "asked"),
    [
        (Kind.CRIMINAL_DEFENCE, True, False),
        (Kind.CRIMINAL_REPRESENTATION, True, False),
        (Kind.DUTY_HELP, True, False),
        (Kind.PLEA_HELP, True, False),
        (Kind.CRIMINAL_CIVIL, False, True),
        (Kind.CIVIL, False, False),
        (Kind.LABOUR_ARBITRATION, False, False),
    ],
)
def test_legal_workers_handle_no_criminal_case(kind: Kind, out: bool, asked: bool) -> None:
    """A basic-level legal worker (基层法律服务工作者) is for civil and administrative cases."""
    worker = lawyer(licence="31908000001", personnel=Personnel.LEGAL_WORKER)
    found = only(case(kind=kind), worker)
    assert (bool(found.excluded), bool(found.doubts)) == (out, asked)


def test_staff_and_volunteers_who_defend_need_a_lawyers_licence() -> None:
    """A member of staff with a lawyer's licence number may defend; without one, somebody has to look."""
    licensed = lawyer(personnel=Personnel.OFFICE_STAFF)
    assert not only(case(), licensed).doubts
    for personnel in (Personnel.OFFICE_STAFF, Personnel.VOLUNTEER):
        assert "律师执业证书" in doubts(only(case(), lawyer(licence="志愿007", personnel=personnel)))
    assert only(civil(), lawyer(licence="志愿007", personnel=Personnel.VOLUNTEER)).doubts
    assert not only(civil(), lawyer(licence="人员007", personnel=Personnel.OFFICE_STAFF)).doubts
    drafting = civil(kind=Kind.DRAFTING)
    assert not only(drafting, lawyer(licence="志愿007", personnel=Personnel.VOLUNTEER)).doubts


def test_grave_cases_go_to_those_named_for_them() -> None:
    """重大疑难案件专人承办."""
    assert "未列入" in excluded(only(case(grave=True), lawyer()))
    assert "列入重大疑难" in reasons(only(case(grave=True), lawyer(grave_cases=True)))
    assert not only(case(), lawyer()).excluded


def test_minors_need_a_lawyer_familiar_with_minors() -> None:
    """By age on the day or by the registered group; the law names the duty, the roster may not know."""
    child = Recipient(name="陈小满", born_on=date(2010, 1, 1))
    grown = Recipient(name="陈小满", born_on=date(2008, 11, 20))
    marked = Recipient(name="陈小满", groups=(Group.MINOR,))
    for recipient in (child, marked):
        assert "未成年人" in doubts(only(case(recipient=recipient), lawyer()))
        assert not only(case(recipient=recipient), lawyer(fields=("未成年人案件",))).doubts
    assert not only(case(recipient=grown), lawyer()).doubts
    worker = lawyer(licence="31908000001", personnel=Personnel.LEGAL_WORKER, fields=("未成年人",))
    assert doubts(only(civil(recipient=marked), worker))


def test_same_lawyer_for_a_co_defendant_is_excluded_and_a_colleague_is_a_doubt() -> None:
    """One defender, one accused; a colleague of the firm may with the recipients' consent."""
    mine, colleague, other = lawyer(1, firm="广东云岫律师事务所"), lawyer(2, firm="广东云岫律师事务所"), lawyer(3)
    record = case(co_defendants=("林大海",))
    load = caseload((case("某法援刑字〔2026〕8号", "林大海", co_defendants=("陈小满",)), mine))
    assert "林大海" in excluded(only(record, mine, load))
    found = only(record, colleague, load)
    assert not found.excluded
    assert "经其同意" in doubts(found)
    assert not only(record, other, load).doubts


def test_same_court_number_makes_co_defendants_without_either_naming_the_other() -> None:
    """Organ and case number agree: the case is the same, whoever was entered as co-defendant."""
    mine = lawyer()
    assert only(case(), mine, caseload((case("8", "林大海"), mine))).excluded


@pytest.mark.parametrize(
    ("about", "certain"),
    [
        ({"organ": None, "cause": "盗窃罪"}, True),
        ({"organ": None, "cause": "诈骗罪"}, False),
        ({"organ": None, "cause": "盗窃罪", "received_on": date(2024, 1, 1)}, False),
    ],
)
def test_a_name_alone_makes_no_certain_co_defendant(about: dict[str, object], certain: bool) -> None:
    """A person of the co-defendant's name in another case is asked about, unless charge and time agree."""
    mine = lawyer()
    record = case(co_defendants=("林大海",))
    other = case("8", "林大海", origin="applied", **about)
    found = only(record, mine, caseload((other, mine)))
    assert bool(found.excluded) is certain
    assert bool(found.doubts) is not certain


def test_two_numbers_of_one_court_are_two_cases() -> None:
    """The court's own numbers differ: at most a question."""
    mine = lawyer()
    court = case().registration.organ
    assert court is not None
    other = case("8", "林大海", organ=court.model_copy(update={"case_number": "（2026）粤08刑初77号"}))
    assert only(case(co_defendants=("林大海",)), mine, caseload((other, mine))).doubts
    assert not only(case(), mine, caseload((other, mine))).doubts


def test_earlier_duty_help_for_the_same_person_is_told_and_no_conflict() -> None:
    """值班律师 for the same person: to be known."""
    mine = lawyer()
    found = only(case(), mine, caseload((case("7", kind=Kind.DUTY_HELP), mine)))
    assert not found.excluded
    assert not found.doubts
    assert "不属于利益冲突" in reasons(found)


def test_duty_help_for_a_co_defendant_is_asked_about() -> None:
    """Having helped another suspect on duty, or defending one and helping another, is for a person to judge."""
    mine = lawyer()
    helped = case("7", "林大海", kind=Kind.DUTY_HELP)
    assert "值班律师" in doubts(only(case(), mine, caseload((helped, mine))))
    assert doubts(only(helped, mine, caseload((case(), mine))))
    both = only(case("6", "赵四", kind=Kind.PLEA_HELP), mine, caseload((helped, mine)))
    assert not both.doubts


def test_same_name_with_another_identity_number_is_another_person() -> None:
    """Nothing is told of a namesake whose identity number differs."""
    mine = lawyer()
    record = case(recipient=Recipient(name="陈小满", id_number="440800199001010011"), organ=None, origin="applied")
    twin = Recipient(name="陈小满", id_number="440800198001010012")
    found = only(record, mine, caseload((case("7", recipient=twin, organ=None, origin="applied"), mine)))
    assert "承办" not in reasons(found)


def test_other_side_of_the_same_matter_excludes_lawyer_and_firm() -> None:
    """Each names the other as opponent: the same dispute, in which a lawyer and a firm stand on one side."""
    mine, colleague = lawyer(1, firm="广东云岫律师事务所"), lawyer(2, firm="广东云岫律师事务所")
    record = civil(opponents=("吴岚",))
    load = caseload((civil("2", "吴岚", opponents=("周禾",)), mine))
    assert "对方" in excluded(only(record, mine, load))
    assert "第五十一条" in only(record, colleague, load).excluded[0].basis
    assert only(record, colleague, load).excluded[0].standing is Standing.RECONSTRUCTED


def test_former_client_on_the_other_side_is_asked_about() -> None:
    """Having once represented today's opponent elsewhere may be a conflict."""
    mine, colleague = lawyer(1, firm="广东云岫律师事务所"), lawyer(2, firm="广东云岫律师事务所")
    load = caseload((civil("2", "吴岚", cause="工伤保险待遇纠纷"), mine))
    for who in (mine, colleague):
        found = only(civil(opponents=("吴岚",)), who, load)
        assert not found.excluded
        assert "吴岚" in doubts(found)
    assert not only(civil(opponents=("吴岚",)), lawyer(3), load).doubts


def test_victims_and_defendants_lawyers_of_one_case() -> None:
    """The victim's representative cannot defend; a colleague is asked about, because of small counties."""
    mine, colleague = lawyer(1, firm="广东云岫律师事务所"), lawyer(2, firm="广东云岫律师事务所")
    load = caseload((case("5", "吴岚", kind=Kind.CRIMINAL_REPRESENTATION), mine))
    assert only(case(), mine, load).excluded
    assert doubts(only(case(), colleague, load))
    assert not only(case(), colleague, load).excluded


def test_who_is_sued_for_damages_is_on_the_defendants_side() -> None:
    """附带民事诉讼: the plaintiff stands against the defendants, a co-defendant who is sued does not."""
    mine = lawyer()
    sued = Recipient(name="林大海", position="附带民事诉讼被告人")
    assert not only(case(), mine, caseload((case("5", sued, kind=Kind.CRIMINAL_CIVIL), mine))).excluded
    assert only(case(), mine, caseload((case("5", "吴岚", kind=Kind.CRIMINAL_CIVIL), mine))).excluded


def test_co_plaintiffs_with_one_number_are_no_opponents() -> None:
    """A batch of claims under one number is no conflict."""
    mine = lawyer()
    organ = case().registration.organ
    load = caseload((civil("2", "吴岚", organ=organ, opponents=("某公司",)), mine))
    found = only(civil(organ=organ, opponents=("某公司",)), mine, load)
    assert not found.excluded
    assert not found.doubts


def test_own_firm_or_namesake_as_opponent() -> None:
    """The firm itself as opponent excludes; a person of the lawyer's name is asked about."""
    record = civil(opponents=("广东第1律师事务所", "律师2"))
    assert "对方当事人" in excluded(only(record, lawyer(1)))
    assert "同名" in doubts(only(record, lawyer(2)))
    assert not only(record, lawyer(3)).doubts


def test_who_handles_the_case_and_who_was_replaced_in_it() -> None:
    """The present lawyer cannot be assigned anew; the one before is asked about."""
    before, now_ = lawyer(1), lawyer(2)
    record = case()
    load = Caseload(
        cases=(record,),
        assignments=(assigned(record, before), assigned(record, now_, date(2026, 11, 1), before.licence)),
    )
    assert "现为本案承办人" in excluded(only(record, now_, load))
    assert "被更换" in doubts(only(record, before, load))


def test_candidates_with_doubts_come_after_those_without() -> None:
    """A question costs: whoever raises none is proposed first, whoever is excluded last."""
    clean, asked, out = lawyer(3), lawyer(2, practising_since=None), lawyer(1, practising_since=date(2026, 1, 1))
    found = propose(case(life_or_death=True), [out, asked, clean], caseload(open_cases={clean.licence: 5}), TODAY)
    assert names(found) == ["律师3", "律师2", "律师1"]


def test_remarks_about_the_case() -> None:
    """An empty roster, nobody left, an unknown sentence and a late assignment are told, each once."""
    record = case(life_or_death=None, received_on=date(2026, 11, 10))
    assert any("导入名册" in said for said in case_remarks(record, ()))
    nobody = propose(record, [lawyer(suspended_until=date(2027, 1, 1))], Caseload(), TODAY)
    said = case_remarks(record, nobody)
    assert any("没有可以指派" in each for each in said)
    assert any("无期徒刑、死刑" in each for each in said)
    assert "三日" in late_remark(record, TODAY)[0]
    assert late_remark(case(), TODAY) == late_remark(civil(received_on=date(2026, 1, 1)), TODAY) == ()
    assert case_remarks(case(), propose(case(), [lawyer()], Caseload(), TODAY)) == ()


def test_choice_by_name_or_licence() -> None:
    """A name that two bear has to be said by licence number; a name that nobody bears is refused."""
    found = propose(case(), [lawyer(1, name="李闻舟"), lawyer(2, name="李闻舟"), lawyer(3)], Caseload(), TODAY)
    assert meant(found, lawyer(2).licence).lawyer.firm == "广东第2律师事务所"
    assert meant(found, " 律师3 ").lawyer.name == "律师3"
    with pytest.raises(UsageError, match="请以执业证号指明"):
        meant(found, "李闻舟")
    with pytest.raises(UsageError, match="名册中没有"):
        meant(found, "赵无")


def test_excluded_lawyer_needs_a_reason() -> None:
    """An exclusion is overridden only with a reason; a reason where nothing excludes is a mistake."""
    out = only(case(grave=True), lawyer())
    with pytest.raises(UsageError, match="未列入重大疑难案件承办人员"):
        demand_permitted(out, "")
    demand_permitted(out, "其他人员均须回避")
    assert any("未列入" in each for each in despite(out))
    with pytest.raises(UsageError, match="没有排除情形"):
        demand_permitted(only(case(), lawyer()), "多余")


rosters = st.lists(st.integers(1, 30), min_size=1, max_size=8, unique=True).flatmap(
    lambda serials: st.tuples(
        *[
            st.builds(
                lawyer,
                st.just(serial),
                fields=st.sampled_from([(), ("刑事",), ("民事",), ("婚姻家庭",)]),
                regions=st.sampled_from([(), ("霞山区",)]),
                practising_since=st.sampled_from([None, date(2010, 1, 1), date(2025, 1, 1)]),
                grave_cases=st.booleans(),
                suspended_until=st.sampled_from([None, date(2026, 12, 1)]),
                other_open_cases=st.integers(0, 3),
            )
            for serial in serials
        ]
    )
)
records = st.builds(
    case,
    kind=st.sampled_from([Kind.CRIMINAL_DEFENCE, Kind.CIVIL, Kind.DUTY_HELP]),
    life_or_death=st.sampled_from([None, True, False]),
    grave=st.booleans(),
    region=st.sampled_from(["", "霞山区"]),
    chosen_lawyer=st.sampled_from(["", "律师1", "律师7"]),
)
loads = st.dictionaries(st.integers(1, 30).map(lambda serial: lawyer(serial).licence), st.integers(0, 9), max_size=8)


@settings(max_examples=60)
@given(rosters, records, loads, st.data())
def test_one_more_open_case_never_improves_a_place(
    roster: tuple[Lawyer, ...], record: CaseRecord, open_cases: dict[str, int], data: st.DataObject
) -> None:
    """Whatever the roster and the case: a lawyer who gets one more case never moves up."""
    who = data.draw(st.sampled_from(roster))
    load = caseload(open_cases=open_cases)
    more = replace(load, open_cases=tuple({**open_cases, who.licence: open_cases.get(who.licence, 0) + 1}.items()))

    def place(given_: Caseload) -> int:
        return [each.lawyer for each in propose(record, roster, given_, TODAY)].index(who)

    assert place(more) >= place(load)


@settings(max_examples=60)
@given(rosters, records, loads, st.randoms())
def test_order_of_the_roster_does_not_matter(
    roster: tuple[Lawyer, ...], record: CaseRecord, open_cases: dict[str, int], chance: object
) -> None:
    """The same lawyers give the same proposal, however the workbook listed them, and nobody is lost."""
    mixed = list(roster)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    load = caseload(open_cases=open_cases)
    found = propose(record, roster, load, TODAY)
    assert found == propose(record, mixed, load, TODAY)
    assert {each.lawyer.licence for each in found} == {each.licence for each in roster}


@settings(max_examples=60)
@given(rosters, records, loads)
def test_excluded_lawyers_stand_last_and_every_objection_has_its_basis(
    roster: tuple[Lawyer, ...], record: CaseRecord, open_cases: dict[str, int]
) -> None:
    """Nobody who may be assigned stands behind somebody who may not; nothing stands against a lawyer without a basis."""
    found = propose(record, roster, caseload(open_cases=open_cases), TODAY)
    out = [bool(each.excluded) for each in found]
    assert out == sorted(out)
    assert all(objection.basis for each in found for objection in (*each.excluded, *each.doubts))
