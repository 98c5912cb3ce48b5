"""Dates, numbers and names as papers write them and as a reader of scans garbles them."""

from __future__ import annotations

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
    ],
)
def test_every_form_of_a_date_becomes_iso(text: str, iso: str) -> None:
    """Arabic, Chinese, dotted and slashed dates mean the same day."""
    hits = find_dates(without_blanks(text))
    assert [(hit.value, hit.doubtful) for hit in hits] == [(iso, False)]


@pytest.mark.parametrize("text", ["2O24年3月5日", "2024年l月5日", "2024年3月O5日"])
def test_letters_for_digits_leave_a_date_doubtful(text: str) -> None:
    """A date with an O or an l in it is read, but never believed."""
    hits = find_dates(text)
    assert hits[0].value is not None
    assert hits[0].doubtful


@pytest.mark.parametrize(
    "text", ["2024年13月5日", "2024年2月30日", "2024年0月5日", "2024年3月日", "年月日", "2024年月日", "年3月5日"]
)
def test_what_is_no_day_is_no_date(text: str) -> None:
    """Impossible and incomplete dates have no value."""
    assert all(hit.value is None for hit in find_dates(text))


@given(st.dates(min_value=__import__("datetime").date(1995, 1, 1), max_value=__import__("datetime").date(2060, 1, 1)))
def test_a_written_day_is_read_back(day: object) -> None:
    """Any day in the usual form is read back as itself."""
    text = f"落款{day.year}年{day.month}月{day.day}日"  # type: ignore[attr-defined]
    assert [hit.value for hit in find_dates(text)] == [day.isoformat()]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("text", "value"),
    [
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
