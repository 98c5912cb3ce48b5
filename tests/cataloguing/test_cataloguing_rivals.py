"""Names that a pen wrote and the recogniser nearly read: its next letters tell a slip from another name."""

from __future__ import annotations

import pytest
from cataloguing_pages import line, page

from pipeline.cataloguing import catalogue
from pipeline.cataloguing.names import whole_name
from pipeline.cataloguing.weighing import _spellings
from schemas.base import State
from schemas.reading import Doubt, Line

FILE = (
    page(1, "指派通知书", ["广东海岸律师事务所:", "现指派你所李海燕律师担任陈小明的辩护人。", "承办人:李海燕", "2024年3月5日"]),
    page(2, "法律援助公函", ["承办律师:李海燕", "广东海岸律师事务所", "2024年3月5日"]),
    page(3, "结案报告表", [["承办人", "李海燕"], ["受援人", "陈小明"]]),
)  # fmt: skip


def doubted(text: str, *doubts: tuple[int, str, float], top: float = 0.12, pen: bool = False) -> Line:
    return line(text, top, pen=pen).model_copy(
        update={"doubts": tuple(Doubt(at=at, letter=letter, score=score) for at, letter, score in doubts)}
    )


def lawyer_of(*lines: Line):
    """The lawyer's name on a power of attorney with these lines, in a file that names 李海燕."""
    body = [*lines, "委托人因与某公司劳动争议纠纷一案，委托上列受委托人为代理人。", "代理权限:一般代理", "2024年3月6日"]
    volume = catalogue([*FILE, page(4, "授权委托书", body)])
    return next(entry for entry in volume.documents if entry.type == "power_of_attorney").fields["lawyer_name"]


@pytest.mark.parametrize(
    "own",
    [
        doubted("受委托人:李每燕", (6, "海", 0.02)),
        doubted("受委托人: 李 每 燕", (8, "诲", 0.03), (8, "海", 0.02)),
        doubted("受委托人:李每燕", (6, "海", 0.002), pen=True),
    ],
    ids=["in what looks like print", "with blanks", "by pen, hardly"],
)
def test_a_name_that_was_nearly_read_as_the_cases_is_the_cases(own):
    """What the recogniser would have read next is the assigned lawyer: nobody is asked, and nothing is sure."""
    field = lawyer_of(own)
    assert (field.value, field.state) == ("李海燕", State.UNCERTAIN)


def test_a_name_that_nothing_explains_stays_as_it_is():
    """Another letter follows, or hardly the right one in print: the paper's own word stands, and is not sure."""
    for doubt in ((6, "莓", 0.02), (6, "海", 0.004)):
        field = lawyer_of(doubted("受委托人:李每燕", doubt))
        assert (field.value, field.state) == ("李每燕", State.UNCERTAIN)


@pytest.mark.parametrize(("pen", "value"), [(False, "李海艳"), (True, "李海燕")])
def test_a_form_with_another_name_is_not_put_right_by_who_signed_it(pen, value):
    """Filled in with another name and signed with the case's, it states the other, as a question; a pen may be misread."""
    field = lawyer_of(doubted("受委托人:李海艳", pen=pen), line("受委托人签名:李海燕", 0.7, pen=True))
    assert field.value == value
    assert field.state is (State.FOUND if pen else State.UNCERTAIN)


def test_a_name_that_ran_into_the_word_behind_it_is_the_cases():
    """`李海师`, of `李海燕律师`, by pen."""
    field = lawyer_of(doubted("受委托人:李海师", pen=True))
    assert (field.value, field.state) == ("李海燕", State.UNCERTAIN)


def test_another_persons_name_is_not_explained_away():
    """A letter that follows explains one letter, not a whole name."""
    assert lawyer_of(doubted("受委托人:周大力", (6, "海", 0.3))).value == "周大力"


def test_the_case_takes_its_name_from_clear_print():
    """One hand misread in the same way on most papers does not outvote the print of one."""
    misread = [
        page(number, heading, [doubted("承办人:李每燕", (5, "海", 0.3)), "2024年3月6日"])
        for number, heading in ((4, "会见笔录"), (5, "阅卷笔录"), (6, "承办情况通报/报告记录"))
    ]  # fmt: skip
    assert catalogue([FILE[1], *misread]).fields["lawyer_name"].value == "李海燕"


@pytest.mark.parametrize(("score", "state"), [(0.2, State.UNCERTAIN), (0.01, State.FOUND)])
def test_a_number_that_the_file_spells_in_two_ways_is_as_sure_as_its_letters(score, state):
    """赤援刑字 on one paper, 赫援刑字 on another: where the reader hardly read its 赫, nothing is sure."""
    report = doubted("案件编号:赫援刑字[2023]第222号", (5, "赤", score))
    assigned = page(1, "指派通知书", ["案件编号:赤援刑字[2023]第222号", "现指派你所李海燕律师担任陈小明的辩护人。"])
    volume = catalogue(
        [assigned, page(2, "结案报告表", [report, line("承办人:李海燕", 0.2), line("受援人:陈小明", 0.25)])]
    )
    own = next(entry for entry in volume.documents if entry.type == "closing_report").fields["case_number"]
    assert (volume.fields["case_number"].state, own.state) == (State.UNCERTAIN, state)


def test_a_name_that_lost_its_surname_is_a_question_with_it():
    """The lawyer signs 龙秋萍, of which 秋萍 is read where the name is asked for; the text tells the whole of it twice."""
    volume = catalogue(
        [
            page(
                1, "会见笔录", ["承办人:秋萍", "被会见人:陈小明", "问:我是值班律师龙秋萍,依法为你提供帮助。", "答:好。"]
            ),
            page(2, "结案报告表", ["承办人:秋萍", "受援人:陈小明", "本案由龙秋萍律师会见。"]),
        ]
    )
    assert (volume.fields["lawyer_name"].value, volume.fields["lawyer_name"].state) == ("龙秋萍", State.UNCERTAIN)


@pytest.mark.parametrize("text", ["乙方张伟", "审判阶段张伟", "律师张伟", "委托张伟"])
def test_a_word_before_a_name_is_no_surname(text):
    """What ends in a letter that is a surname, too, is not the name's."""
    assert whole_name("张伟", [text, text]) is None
    assert whole_name("张伟", ["李张伟"]) is None


def test_a_name_read_in_two_ways_outweighs_one_of_the_text():
    """郑赟, read 郑赞 by one hand, is one person; a victim whom the record names is another, and never the recipient."""
    body = [
        "承办人:李海燕",
        doubted("被会见人:郑赞", (6, "赟", 0.04), top=0.2),
        "问:其中被害人占水生因电信诈骗报警?",
        "答:是。",
    ]
    notice = ["贵中心:", doubted("犯罪嫌疑人郑赟涉嫌诈骗罪一案", (6, "赞", 0.006), top=0.2), "2024年3月5日"]
    volume = catalogue([page(1, "提供法律帮助通知书", notice), page(2, "会见笔录", body)])
    record = next(entry for entry in volume.documents if entry.type == "meeting_record")
    for field in (volume.fields["recipient_name"], record.fields["recipient_name"]):
        assert field.value in {"郑赞", "郑赟"}
        assert field.state is State.UNCERTAIN


def test_the_spelling_that_most_papers_have_stays_the_persons():
    """谭生, a letter lost, is one letter from 谭土生 and from 谭士生: that makes it neither."""
    names = ["谭土生", "谭生", "谭士生", "冯小玲"]
    assert sorted(map(sorted, _spellings(names))) == [["冯小玲"], ["谭土生", "谭士生", "谭生"]]
    volume = catalogue(
        [
            page(1, "指派通知书", ["现指派李海燕律师担任谭土生的辩护人。"]),
            page(2, "法律援助公函", ["受援人:谭土生", "承办律师:李海燕"]),
            page(3, "会见笔录", ["被会见人:谭生", "会见律师:李海燕", "问:你好。", "答:好。"]),
            page(4, "结案报告表", [["受援人", "谭士生"], ["承办人", "李海燕"]]),
        ]
    )
    assert volume.fields["recipient_name"].value == "谭土生"
