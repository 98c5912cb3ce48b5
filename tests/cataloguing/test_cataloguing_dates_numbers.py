"""Dates, numbers and names as papers write them and as a reader of scans garbles them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.cataloguing.dates import find_dates
from pipeline.cataloguing.institutions import find_firms, find_organs
from pipeline.cataloguing.names import plausible_name
from pipeline.cataloguing.numbers import check_digit_fits, find_identity_numbers, find_numbers
from pipeline.cataloguing.text import compact, look_alike, without_blanks


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2024年3月5日", "2024-03-05"),
        ("2024 年 03 月 05 日", "2024-03-05"),
        ("２０２４年３月５日", "2024-03-05"),
        ("二〇二四年三月五日", "2024-03-05"),
        ("二○二四年十二月三十一日", "2024-12-31"),
        ("二零二四年十月二十日", "2024-10-20"),
        ("二〇二四年元月廿一日", "2024-01-21"),
        ("2024.3.5", "2024-03-05"),
        ("2024/03/05", "2024-03-05"),
        ("2024-3-5", "2024-03-05"),
        ("２０２４．３．５", "2024-03-05"),
        ("2024. 3. 5", "2024-03-05"),
        ("2024年03月05号", "2024-03-05"),
        ("二〇二四年3月5日", "2024-03-05"),
        ("2024年三月五日", "2024-03-05"),
        ("贰零贰肆年叁月伍日", "2024-03-05"),
        ("二〇二四年二月二十九日", "2024-02-29"),
        ("2024年3月5日9时30分", "2024-03-05"),
    ],
)
def test_every_form_of_a_date_becomes_iso(text: str, iso: str) -> None:
    """Arabic, Chinese, dotted and slashed dates mean the same day."""
    hits = find_dates(without_blanks(text))
    assert [(hit.value, hit.doubtful) for hit in hits] == [(iso, False)]


@pytest.mark.parametrize(
    "text",
    [
        "2O24年3月5日",
        "2024年l月5日",
        "2024年3月O5日",
        "24年3月5日",
        "O24年3月5日",
        "2024、3、5",
        "20240305",
        "24.3.5",
        "2024~02.26",
        "2025.04～22",
    ],
)
def test_what_was_not_written_as_a_date_leaves_it_doubtful(text: str) -> None:
    """A date with an O or an l in it, half a year or the wrong dots is read, but never believed."""
    hits = find_dates(text)
    assert hits[0].value is not None
    assert hits[0].doubtful


@pytest.mark.parametrize(
    "text", ["2024.5.1B", "2024年13月5日", "2024年2月30日", "2024年0月5日", "2024年3月日", "年月日", "2024年月日", "年3月5日", "2023年2月29日",
    "二〇二三年二月二十九日", "二〇二四年四月三十一日", "2024-13-05", "20241301", "2024年四月31日", "24年13月5日"]
)  # fmt: skip
def test_what_is_no_day_is_no_date(text: str) -> None:
    """Impossible and incomplete dates have no value."""
    assert all(hit.value is None for hit in find_dates(text))


@pytest.mark.parametrize("text", ["223年0月(9日", "223年(月9", "20Z3年(0月/7日"])
def test_the_wreck_of_a_date_is_a_date_that_was_not_read(text: str) -> None:
    """A date by pen of which too little was made out is known to stand there."""
    assert [hit.value for hit in find_dates(text)] == [None]


@pytest.mark.parametrize("text", ["自2023年以来,", "有期徒刑12年6个月", "2023年10月的工资", "2023年(含)以后"])
def test_a_year_in_running_text_is_no_wreck_of_a_date(text: str) -> None:
    """Years, months and terms of years stand in sentences as well."""
    assert not find_dates(text)


DAYS = st.dates(min_value=date(1995, 1, 1), max_value=date(2060, 1, 1))
FIGURES = "〇一二三四五六七八九"


def _in_characters(number: int) -> str:
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else FIGURES[tens] + "十") + (FIGURES[ones] if ones else "")


@given(DAYS, st.booleans(), st.booleans(), st.booleans())
def test_a_day_in_digits_or_characters_is_read_back(day: date, year: bool, month: bool, of_month: bool) -> None:
    """Year, month and day may each be written in digits or in characters; the day is the same."""
    text = "".join(
        (
            "".join(FIGURES[int(figure)] for figure in str(day.year)) if year else str(day.year), "年",
            _in_characters(day.month) if month else str(day.month), "月",
            _in_characters(day.day) if of_month else str(day.day), "日",
        )
    )  # fmt: skip
    assert [(hit.value, hit.doubtful) for hit in find_dates(text)] == [(day.isoformat(), False)]


@given(st.text(alphabet="0123456789年月日号.-/、—〇一二三十OlI 法援字第〔〕()", max_size=40))
def test_whatever_was_read_no_date_is_impossible(text: str) -> None:
    """Every date that has a value is a real day, and stands where it says."""
    plain = without_blanks(text)
    for hit in find_dates(plain):
        assert 0 <= hit.start < hit.end <= len(plain)
        assert hit.value is None or date.fromisoformat(hit.value)


@given(st.text(alphabet="0123456789年月日号刑民援法字第〔〕()初仲之一-", max_size=40))
def test_whatever_was_read_numbers_are_whole(text: str) -> None:
    """Every number ends in 号 and holds a year, whatever stands around it."""
    for hit in find_numbers(without_blanks(text)):
        assert "号" in hit.value
        assert hit.value[0] == "（" or "〔" in hit.value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("穗援字〔2024〕民1234号", "穗援字〔2024〕民1234号"),
        ("浙越浦援（2025）刑通字第0064号", "浙越浦援〔2025〕刑通字第0064号"),
        ("粤湛法援【2024】刑字第12号", "粤湛法援〔2024〕刑字第12号"),
        ("深法援刑〔2024〕 00123 号", "深法援刑〔2024〕00123号"),
        ("湛检公诉刑诉〔2024〕12号", "湛检公诉刑诉〔2024〕12号"),
        ("（2024）兵01刑初1号", "（2024）兵01刑初1号"),
        ("（2024）最高法刑核12345678号", "（2024）最高法刑核12345678号"),
        ("湛法援刑字〔2024〕12号", "湛法援刑字〔2024〕12号"),
        ("湛法援刑字[2024]12号", "湛法援刑字〔2024〕12号"),
        ("湛法援刑字（2024）第012号", "湛法援刑字〔2024〕第012号"),
        ("崂援指字［2014］第12号", "崂援指字〔2014〕第12号"),
        ("（2026）湘援0124民2号", "（2026）湘援0124民2号"),
        ("(2024)粤援0803刑001号", "（2024）粤援0803刑001号"),
        ("（2024）粤0803刑初123号", "（2024）粤0803刑初123号"),
        ("〔2024〕粤0803民初5号之一", "（2024）粤0803民初5号之一"),
        ("霞检刑诉〔2024〕90号", "霞检刑诉〔2024〕90号"),
        ("霞公（刑）诉字〔2024〕00123号", "霞公（刑）诉字〔2024〕00123号"),
        ("湛霞劳人仲案〔2024〕77号", "湛霞劳人仲案〔2024〕77号"),
        ("湛法援刑字.〔2024〕12号", "湛法援刑字〔2024〕12号"),
        ("案号：（2024）粤0803民初15号", "（2024）粤0803民初15号"),
    ],
)
def test_numbers_are_brought_to_one_form(text: str, value: str) -> None:
    """Whatever brackets a number was typed with, it comes out in the official ones."""
    assert [hit.value for hit in find_numbers(without_blanks(text))] == [value]


@pytest.mark.parametrize("text", ["湛海法极刑字〔2024〕217号", "湛海法後刑字〔2024〕217号"])
def test_the_word_for_aid_misread_is_read_as_it_must_be(text: str) -> None:
    """Behind 法 and before the class of the case stands 援, whatever was made of it."""
    hit = find_numbers(text)[0]
    assert (hit.value, hit.aid) == ("湛海法援刑字〔2024〕217号", True)


def test_a_court_number_is_no_number_of_the_office() -> None:
    """A court's case number is told from an aid number."""
    court, office = find_numbers(without_blanks("（2024）粤0803刑初123号，（2024）粤援0803刑001号"))
    assert (court.aid, court.court) == (False, True)
    assert (office.aid, office.court) == (True, False)


def _number(stem: str) -> str:
    return next(stem + last for last in "0123456789X" if check_digit_fits(stem + last))


def test_an_identity_number_must_pass_its_check_digit() -> None:
    """The right last digit makes it valid; any other does not."""
    good = _number("44080319900307123")
    wrong = good[:-1] + ("1" if good[-1] != "1" else "2")
    assert [(hit.value, hit.valid) for hit in find_identity_numbers("公民身份号码" + good)] == [(good, True)]
    assert [hit.valid for hit in find_identity_numbers("公民身份号码" + wrong)] == [False]


def test_an_identity_number_with_letters_is_doubtful() -> None:
    """O for 0 is repaired, but the number is no longer sure."""
    good = _number("44080319900307123")
    hits = find_identity_numbers(good.replace("0", "O", 1))
    assert [hit.value for hit in hits] == [good]
    assert not hits[0].valid


@pytest.mark.parametrize("stroke", ["|", "丨", "l"])
def test_a_stroke_in_an_identity_number_is_a_one(stroke: str) -> None:
    """A pen's 1 reads as a mere stroke; the number is told, and is not sure."""
    good = _number("44080319900307123")
    hits = find_identity_numbers(good.replace("1", stroke, 1))
    assert [(hit.value, hit.valid) for hit in hits] == [(good, False)]


def test_an_old_identity_number_needs_its_label() -> None:
    """Fifteen digits are an identity number beside the label only, and never valid of themselves."""
    hits = find_identity_numbers("身份证号码:440803900307123")
    assert [(hit.value, hit.valid) for hit in hits] == [("440803900307123", False)]
    assert find_identity_numbers("账号:440803900307123") == []
    assert find_identity_numbers("身份证号码:440803901307123") == []


@given(st.text(alphabet="0123456789XxOlI身份证号码:", max_size=40))
def test_a_valid_identity_number_has_a_real_birthday(text: str) -> None:
    """No number is valid whose digits name no day."""
    for hit in find_identity_numbers(text):
        if hit.valid:
            assert date(int(hit.value[6:10]), int(hit.value[10:12]), int(hit.value[12:14]))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("指派广东渔光律师事务所余某律师", "广东渔光律师事务所"),
        ("承办单位：北京市盈科（湛江）律师事务所", "北京市盈科(湛江)律师事务所"),
        ("兹委托湖南某某律师事务所律师", "湖南某某律师事务所"),
        ("由霞山区椹川法律服务所承办", "霞山区椹川法律服务所"),
    ],
)
def test_a_firm_is_cut_out_of_its_sentence(text: str, name: str) -> None:
    """The firm's name begins after the verb and ends with its kind."""
    assert name in [found.name for found in find_firms(without_blanks(text))]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("广东省湛江市霞山区人民检察院", "广东省湛江市霞山区人民检察院"),
        ("湛江市公安局霞山分局", "湛江市公安局霞山分局"),
        ("湛江市霞山区劳动人事争议仲裁委员会", "湛江市霞山区劳动人事争议仲裁委员会"),
        ("此致湛江市霞山区人民法院", "湛江市霞山区人民法院"),
    ],
)
def test_an_organ_is_cut_out_of_its_sentence(text: str, name: str) -> None:
    """The organ's name begins where its place does."""
    assert name in [found.name for found in find_organs(text)]


@pytest.mark.parametrize("name", ["陈某某", "欧阳明月", "王伟", "阿依古丽·买买提", "庞璟", "覃大海"])
def test_names_of_people_pass(name: str) -> None:
    """Usual, compound and minority names are names."""
    assert plausible_name(name)


@pytest.mark.parametrize("word", ["签名", "委托人", "申请人", "律师", "男", "有限公司", "平等自愿", "何时"])
def test_words_are_no_names(word: str) -> None:
    """Words of the forms are not taken for names."""
    assert not plausible_name(word)


def test_one_writing_for_all_forms() -> None:
    """Full-width forms, traditional glyphs and blanks are folded before comparing."""
    assert compact("不 起 訴 決 定 書（副本）") == "不起诉决定书(副本)"


def test_only_easily_confused_characters_look_alike() -> None:
    """赡 and 瞻 are misreadings of one another; 强 and 祥 are two names."""
    assert look_alike("赡养", "瞻养")
    assert not look_alike("陈志强", "陈志祥")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("(2024)粤援0793开231号", "（2024）粤援0793刑231号"),
        ("(2024)粤0893开初675号", "（2024）粤0893刑初675号"),
        ("湛公开字〔2024〕12号", "湛公开字〔2024〕12号"),
    ],
)
def test_the_class_of_a_case_is_no_other_character(text, value):
    """Where only a class can stand, what looks like 刑 is 刑; anywhere else the word stays."""
    assert [hit.value for hit in find_numbers(text)] == [value]


@pytest.mark.parametrize("label", ["案件编号", "文书编号", "卷宗编号", "案号"])
def test_a_label_read_as_one_line_with_its_number_is_not_part_of_it(label: str) -> None:
    """A small gap between `案件编号` and the number is lost."""
    (hit,) = find_numbers(without_blanks(f"{label} 南海援〔2025〕民0427号"))
    assert hit.value == "南海援〔2025〕民0427号"
