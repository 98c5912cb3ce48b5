"""Names and numbers as the file spells them: a misread letter is put right by the papers that have it clear."""

from __future__ import annotations

import pytest
from cataloguing_pages import line, page

from pipeline.cataloguing import catalogue
from schemas.base import State
from schemas.reading import Doubt, Line

ELSEWHERE = line("以上情况属实", 0.8).model_copy(update={"doubts": (Doubt(at=0, letter="似", score=0.02),)})
"""A line whose doubts tell that the page's reader keeps them."""


def doubted(text: str, top: float, *doubts: tuple[int, str, float]) -> Line:
    return line(text, top).model_copy(
        update={"doubts": tuple(Doubt(at=at, letter=letter, score=score) for at, letter, score in doubts)}
    )


def closing_report(*lines: Line):
    """What a closing report states, and the case, in a file whose assignment has 赤岸县 and its number in clear print."""
    assigned = [
        line("案件编号:赤援刑字[2023]第222号", 0.2),
        line("办案机关:赤岸县公安局", 0.25),
        line("现指派你所李海燕律师担任陈小明的辩护人。", 0.3),
        ELSEWHERE,
    ]
    own = [*lines, line("承办人:李海燕", 0.6), line("受援人:陈小明", 0.65), ELSEWHERE]
    volume = catalogue([page(1, "指派通知书", assigned), page(2, "结案报告表", own)])
    return next(entry for entry in volume.documents if entry.type == "closing_report").fields, volume.fields


@pytest.mark.parametrize(
    ("name", "own", "value"),
    [
        ("case_number", doubted("案件编号:赫援刑字[2023]第222号", 0.2, (5, "赤", 0.02)), "赤援刑字〔2023〕第222号"),
        ("organ_name", doubted("办案机关:赫岸县公安局", 0.2, (5, "赤", 0.3)), "赤岸县公安局"),
    ],
)
def test_a_doubted_letter_gives_way_to_the_one_that_stands_clear_elsewhere(name, own, value):
    """赫岸县, where the recogniser thought of 赤 next, is the 赤岸县 of the assignment."""
    fields, case = closing_report(own)
    assert fields[name].value == case[name].value == value
    assert case[name].state is State.FOUND


@pytest.mark.parametrize(
    "own",
    [
        doubted("案件编号:赤援刑字[2023]第223号", 0.2, (16, "2", 0.3)),
        doubted("案件编号:赫援刑字[2023]第222号", 0.2, (5, "赤", 0.002)),
        doubted("案件编号:赫援刑字[2023]第222号", 0.2, (5, "郝", 0.3)),
    ],
    ids=["another figure", "hardly thought of", "yet another letter"],
)
def test_what_nothing_explains_stays_as_it_was_read(own):
    """Another figure is another number; a letter that nobody thought of is no slip."""
    fields, _ = closing_report(own)
    assert fields["case_number"].value != "赤援刑字〔2023〕第222号"


def test_a_name_that_the_file_reads_in_turns_is_never_sure():
    """赟 is too rare for the reader, who makes 赞 of it nine times in ten: where 赟 was read twice, nobody knows."""
    doubts = ((6, "赟", 0.1),), (), ()
    told = [[doubted("受援人:陈观赞", 0.2, *own), line("承办人:李海燕", 0.3), ELSEWHERE] for own in doubts]
    papers = [page(at, title, told[at - 1]) for at, title in enumerate(("指派通知书", "会见笔录", "结案报告表"), 1)]
    assert catalogue(papers).fields["recipient_name"].state is State.FOUND
    judged = page(4, "刑事判决书", ["被告人陈观赟犯盗窃罪。", "判处陈观赟有期徒刑。"])
    appealed = page(5, "刑事上诉状", ["上诉人:陈观赟", "上诉人陈观赟不服判决，提出上诉。"])
    assert catalogue([*papers, judged]).fields["recipient_name"].state is State.FOUND
    assert catalogue([*papers, judged, appealed]).fields["recipient_name"].state is State.UNCERTAIN


def test_a_usual_letter_that_was_only_thought_of_says_nothing_of_a_rare_one():
    """邝, read where 广 was thought of again and again, is 邝; 广美容 is nobody's name."""
    told = [doubted("受援人:邝美容", 0.2, (4, "广", 0.2)), line("承办人:李海燕", 0.3)]
    papers = [page(at, title, told) for at, title in enumerate(("指派通知书", "会见笔录", "结案报告表"), 1)]
    assert catalogue(papers).fields["recipient_name"].state is State.FOUND


def test_the_assignments_own_number_speaks_for_the_cases():
    """Two hands, two numbers: the one that the assignment itself bears is the case's, and the other the question."""
    cover = line("案件编号:（2024）粤援0793刑252号", 0.2, pen=True)
    report = line("案件编号:（2024）粤援0793刑282号", 0.2, pen=True)
    assigned = page(
        2, "指派通知书", [line("（2024）粤援0793刑252号", 0.15), "现指派你所李海燕律师担任陈小明的辩护人。"]
    )
    people = [line("承办人:李海燕", 0.6), line("受援人:陈小明", 0.65)]
    volume = catalogue([page(1, "卷宗封面", [cover, *people]), assigned, page(3, "结案报告表", [report, *people])])
    case = volume.fields["case_number"]
    assert (case.value, case.state) == ("（2024）粤援0793刑252号", State.FOUND)


def test_a_letter_is_the_one_that_its_neighbour_has_in_the_rest_of_the_file():
    """沙颍县 is nowhere else the court's, but stands in the names of the office and of the firm."""
    court = [doubted("受理机关:沙颖县人民法院", 0.2, (6, "颍", 0.2)), line("承办人:李海燕", 0.3)]
    others = [
        page(2, "指派通知书", ["沙颍县法律援助中心", "现指派你所李海燕律师担任陈小明的代理人。", ELSEWHERE]),
        page(3, "授权委托书", ["河南沙颍律师事务所", "受委托人:李海燕", "委托人:陈小明", ELSEWHERE]),
    ]
    (cover, *_) = catalogue([page(1, "卷宗封面", court), *others]).documents
    (alone, *_) = catalogue([page(1, "卷宗封面", court), others[0]]).documents
    assert (cover.fields["organ_name"].value, cover.fields["organ_name"].state) == ("沙颍县人民法院", State.UNCERTAIN)
    assert alone.fields["organ_name"].value == "沙颖县人民法院"


@pytest.mark.parametrize(("pen", "value"), [(True, "赤岸县公安局"), (False, "示岸县公安局")])
def test_a_letter_by_pen_is_the_printed_one(pen, value):
    """A pen's letter is read as another that nobody doubted; print that is read so is another name."""
    fields, _ = closing_report(line("办案机关:示岸县公安局", 0.2, pen=pen))
    assert fields["organ_name"].value == value


def test_another_sub_office_is_no_misreading():
    """第二 is not 第一, whoever wrote it."""
    assigned = [
        line("羁押场所:云岭市第一看守所", 0.2),
        line("办案机关:赤岸县第一法院", 0.25),
        line("承办人:李海燕", 0.3),
        ELSEWHERE,
    ]
    own = [line("办案机关:赤岸县第二法院", 0.2, pen=True), line("承办人:李海燕", 0.3), ELSEWHERE]
    (_, report) = catalogue([page(1, "指派通知书", assigned), page(2, "结案报告表", own)]).documents
    organ = report.fields.get("organ_name")
    assert organ is None or organ.value != "赤岸县第一法院"


def test_a_number_of_another_sort_stays_by_pen():
    """The assignment's own number differs from the case's by the one letter that says what it is the number of."""
    fields, _ = closing_report(line("案件编号:赤援指字[2023]第222号", 0.2, pen=True))
    assert fields["case_number"].value == "赤援指字〔2023〕第222号"


@pytest.mark.parametrize(("pen", "value"), [(True, "南渚市公安局望洲分局"), (False, "南者市公安局望洲分局")])
def test_a_place_by_pen_is_spelt_as_all_print_spells_it(pen, value):
    """南者市, where the head, the place and the record print 南渚市 and nothing prints 南者; print is not put right so."""
    printed = [
        page(at, title, ["南渚市望洲区法律援助处", "地点:南渚市第一看守所", "受援人:陈小明", ELSEWHERE])
        for at, title in ((1, "会见笔录"), (2, "承办情况通报/报告记录"))
    ]
    own = [line("办案机关:南者市公安局望洲分局", 0.2, pen=pen), line("受援人:陈小明", 0.3), ELSEWHERE]
    volume = catalogue([*printed, page(3, "结案报告表", own)])
    report = next(entry for entry in volume.documents if entry.type == "closing_report")
    assert report.fields["organ_name"].value == value
