"""Papers of other cases, papers copied from other files, and money taken."""

from __future__ import annotations

from dataclasses import replace

import pytest
from auditing_changes import CERTAIN, CIVIL, TRIAL, UNCERTAIN, file_with, told
from auditing_sheets import problems
from auditing_volumes import SOURCE, TODAY, Paper, case_facts, complete, found, gd, run, volume

from pipeline.auditing import audit
from pipeline.auditing.sketching import overlapping, resemblance, sketch, sketches_of
from pipeline.auditing.values import valid_identity_number
from schemas.base import State
from schemas.case import KnownCase
from schemas.report import Effect, Problem
from schemas.volume import FieldValue


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


def number(month="01"):
    stem = f"440803199{0}{month}011"
    return next(stem + f"23{last}" for last in "0123456789X" if valid_identity_number(stem + f"23{last}"))


VALID = number()
OWN = {
    "recipient_name": found("陈小明"), "recipient_id_number": found(VALID), "lawyer_name": found("李强"),
    "cause": found("盗窃罪"), "firm_name": found("广东海岸律师事务所"),
}  # fmt: skip


STRANGE = {
    "recipient_id_number": found(number("02")), "lawyer_name": found("周海波"), "cause": found("诈骗罪"),
}  # fmt: skip


ANOTHER = FieldValue(value="廖国平", state=State.UNCERTAIN, page=1, score=0.6)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (STRANGE, [("foreign", "certain", "blocks")]),
        ({**STRANGE, "lawyer_name": OWN["lawyer_name"]}, []),
        ({**STRANGE, "lawyer_name": OWN["lawyer_name"], "recipient_name": ANOTHER}, [("foreign", "certain", "blocks")]),
        ({"recipient_id_number": STRANGE["recipient_id_number"], "recipient_name": ANOTHER}, []),
        ({**STRANGE, "lawyer_name": found("周海波", 0.7)}, []),
        ({"lawyer_name": STRANGE["lawyer_name"], "cause": STRANGE["cause"]}, []),
    ],
)
def test_another_cases_paper_without_a_name(fields, expected):
    """Another right number, another lawyer and another charge make it a stranger's; less leaves it ours.

    The lawyer may be the same where the paper names another recipient, be it not for sure.
    """
    rows, facts = complete(TRIAL)
    papers = [paper for _, paper in rows]
    place = next(index for index, paper in enumerate(papers) if paper.type == "power_of_attorney")
    strange = replace(papers[place], fields={**papers[place].fields, **fields})
    report = run(volume([*papers[: place + 1], strange, *papers[place + 1 :]], facts, OWN))
    assert problems(report, "foreign") == expected
    assert bool(expected) is not any(finding.problem.value == "inconsistent" for finding in report.findings)


SUIT = "（2024）粤0596民初2215号"


@pytest.mark.parametrize(
    ("text", "changes", "expected"),
    [
        ("被传唤人：容伟业（被告）", {}, [("foreign", "uncertain", "blocks")]),
        ("被传唤人：陈小明（原告）", {}, []),
        ("被传唤人：容伟业（被告）", {"cause": found("机动车交通事故责任纠纷")}, []),
        ("被传唤人：容伟业（被告）", {"organ_case_number": found("（2024）粤05民终1902号")}, []),
        ("被传唤人：容伟业（被告）", {"organ_case_number": found("（2024）粤0596民初2215号", 0.7)}, []),
        (
            "郝大壮：",
            {"organ_case_number": found(SUIT, 0.6, State.UNCERTAIN), "number": found(SUIT)},
            [("foreign", "uncertain", "blocks")],
        ),
        ("郝大壮：", {"organ_case_number": found(SUIT, 0.6, State.UNCERTAIN), "number": found(SUIT[:-2])}, []),
    ],
)
def test_a_summons_that_names_nobody_of_ours(text, changes, expected):
    """Another number, be it of the court below, another cause, and none of our names: a question whether it is ours."""
    rows, facts = complete(CIVIL)
    stated = {"organ_case_number": found("（2024）粤0596民初2215号"), "cause": found("民间借贷纠纷"), **changes}
    summons = Paper("hearing_notice", text=text, fields=stated)
    ours = {
        "recipient_name": found("陈小明"), "lawyer_name": found("李强"), "cause": found("机动车交通事故责任纠纷"),
        "organ_case_number": found("（2024）粤05民终1902号"),
    }  # fmt: skip
    assert problems(run(volume([*(paper for _, paper in rows), summons], facts, ours)), "foreign") == expected


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
    ("told_", "asked"),
    [
        ("有。签委托书那天交了300元车费给律师，没有开票。", True),
        ("律师收了我200元。", True),
        ("我付给律师500元车费。", True),
        ("律师有没有收取你的费用？答：没有。", False),
        ("律师帮我要回了8000元工资。", False),
        ("对方给了我3000元，感谢律师。", False),
        ("法院退给我300元受理费。", False),
    ],
)
def test_money_that_a_visit_tells_of_is_a_question(told_, asked):
    """A sum and the lawyer in one clause, or a plain yes; money won is none taken."""
    rows, case = complete(CIVIL)
    visit = Paper("return_visit", text=f"受援人回访记录表 {told_}")
    findings = told(run(volume([*(paper for _, paper in rows), visit], case)))
    assert [each[0] for each in findings] == (["fee_told"] if asked else [])
