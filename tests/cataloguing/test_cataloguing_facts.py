"""Facts of the case: told, ruled out by the silence of papers that are there, or unknown."""

from __future__ import annotations

import pytest
from cataloguing_pages import page, tick
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.cataloguing import catalogue, explain
from schemas.base import State
from schemas.case import Kind, KnownCase, Origin, Stage
from schemas.volume import Page

NOTICE = page(
    1,
    ["湛江市霞山区人民法院", "通知辩护公函"],
    [
        "湛江市霞山区法律援助处：",
        "本院办理的被告人陈志强涉嫌盗窃罪一案，因被告人没有委托辩护人，请你单位依法指派律师为其提供辩护。",
        "现羁押于湛江市第一看守所。",
        "湛江市霞山区人民法院",
        "2024年3月4日",
    ],
)
LETTER = page(
    2,
    "刑事法律援助公函",
    [
        "湛江市霞山区人民法院：",
        "现指派广东渔光律师事务所李明律师担任被告人陈志强的辩护人。特此函告。",
        "湛江市霞山区法律援助处",
        "2024年3月5日",
    ],
)
PROGRESS = page(
    3,
    "法律援助案件承办情况通报/报告记录",
    [
        ["序号", "时间", "方式", "主要内容"],
        ["1", "2024年3月6日", "直接", "接受指派，领取案卷"],
        ["2", "2024年3月8日", "直接", "会见受援人"],
    ],
)


def judgment(
    number: int,
    *,
    trial: str = "公开开庭进行了审理",
    plea: str = "自愿认罪认罚，",
    end: str = "如不服本判决，可在接到判决书的第二日起十日内提出上诉。",
) -> Page:
    return page(
        number,
        ["湛江市霞山区人民法院", "刑事判决书"],
        [
            "（2024）粤0803刑初123号",
            "公诉机关湛江市霞山区人民检察院。",
            "被告人陈志强，男，1990年3月7日出生，现羁押于湛江市第一看守所。",
            "辩护人李明，广东渔光律师事务所律师。",
            f"本院依法组成合议庭，{trial}。现已审理终结。",
            f"被告人{plea}构成盗窃罪。判决如下：判处拘役三个月。",
            end,
        ],
    )


def facts(*pages: Page, known: KnownCase = KnownCase()) -> dict[str, tuple[object, State]]:  # noqa: B008 - a frozen value
    told = catalogue(pages, known).facts.facts
    return {name: (fact.value, fact.state) for name, fact in told.items()}


def test_kind_stage_and_origin_are_weighed_over_the_papers() -> None:
    """A notified defence at first instance is known for what it is."""
    told = facts(NOTICE, LETTER, PROGRESS, judgment(4))
    assert told["kind"] == (Kind.CRIMINAL_DEFENCE, State.FOUND)
    assert told["stage"] == (Stage.TRIAL_FIRST, State.FOUND)
    assert told["origin"] == (Origin.NOTIFIED, State.FOUND)
    assert told["custody"] == ("detained", State.FOUND)


def test_a_judgment_tells_of_the_hearing() -> None:
    """Without hearing papers the judgment still says that the court sat."""
    assert facts(NOTICE, LETTER, judgment(3))["hearing_held"] == (True, State.FOUND)
    assert facts(NOTICE, LETTER, judgment(3, trial="决定不开庭审理"))["hearing_held"] == (False, State.FOUND)


def test_without_a_word_the_hearing_is_unknown() -> None:
    """Where no paper tells, nobody knows."""
    assert facts(NOTICE, LETTER)["hearing_held"] == (None, State.UNCERTAIN)


def test_plea_and_appeal_are_read_from_the_judgment() -> None:
    """认罪认罚 and the right of appeal stand in the judgment, or do not."""
    told = facts(NOTICE, LETTER, judgment(3))
    assert told["plea"] == (True, State.FOUND)
    assert told["appealable"] == (True, State.FOUND)
    silent = facts(NOTICE, LETTER, judgment(3, plea="", end="本判决为终审判决。"))
    assert silent["plea"] == (False, State.FOUND)
    assert silent["appealable"] == (False, State.FOUND)


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("责令被告人继续退赔其余损失。", False),
        ("责令被告人陈志强退赔被害人经济损失三千元。", False),
        ("其亲属代为退赔被害人全部损失，并取得谅解。", True),
    ],
)
def test_what_the_court_orders_to_be_paid_back_was_not_paid(words: str, value: bool) -> None:
    """A paper about a settlement is asked for where the judgment tells of one."""
    judgment = page(1, "刑事判决书", ["被告人陈志强盗窃一案，本院公开开庭审理，现已审理终结。", "判决如下：", words])
    assert facts(NOTICE, judgment)["compensated"][0] is value


def test_silence_counts_only_from_papers_that_would_tell() -> None:
    """A progress record without a change of lawyer rules it out; an empty file rules out nothing."""
    assert facts(NOTICE, LETTER, PROGRESS)["lawyer_changed"] == (False, State.FOUND)
    assert facts(page(1, "证据目录", [["序号", "证据名称", "页数"]]))["lawyer_changed"] == (None, State.UNCERTAIN)


def test_a_grown_man_is_no_minor() -> None:
    """The birth date in the judgment settles the age."""
    assert facts(NOTICE, LETTER, PROGRESS, judgment(4))["minor"] == (False, State.FOUND)


def test_no_hearing_before_the_trial_stage() -> None:
    """In the investigation stage there is no hearing to prove."""
    told = facts(NOTICE, known=KnownCase(kind=Kind.CRIMINAL_DEFENCE, stage=Stage.INVESTIGATION))
    assert told["hearing_held"] == (False, State.FOUND)
    assert told["file_review_due"] == (False, State.FOUND)


def test_what_is_given_is_certain() -> None:
    """A fact that someone gave stands, and says so."""
    fact = catalogue([NOTICE], KnownCase(hearing_held=True)).facts.facts["hearing_held"]
    assert (fact.value, fact.state, fact.given) == (True, State.FOUND, True)


def test_a_ticked_box_decides_where_options_are_printed() -> None:
    """All options stand on the form; only the ticked one counts."""
    form = page(
        1,
        "法律援助案件结案报告表",
        ["援助形式 □刑事辩护 □刑事代理 ☑民事诉讼代理", "承办结果", "结案日期：2024年5月6日"],
        tick_boxes=(tick("民事诉讼代理"), tick("刑事辩护", State.MISSING)),
    )
    assert facts(form)["kind"] == (Kind.CIVIL, State.FOUND)


def test_every_fact_has_its_source() -> None:
    """What is found says in Chinese where it comes from."""
    for name, fact in catalogue([NOTICE, LETTER, PROGRESS, judgment(4)]).facts.facts.items():
        assert fact.state is not State.FOUND or fact.source, name


@settings(max_examples=40)
@given(
    st.lists(
        st.lists(
            st.text(alphabet="法律援助通知书判决年月日0123号：，。()〔〕委托人会见笔录 \u3000①𠮷\n", max_size=30),
            max_size=8,
        ),
        max_size=5,
    )
)
def test_no_text_breaks_it(texts: list[list[str]]) -> None:
    """Whatever was read, a volume comes out, each page once, each with its reasons."""
    volume = catalogue([page(number, None, [text or "一" for text in lines]) for number, lines in enumerate(texts, 1)])
    assert [entry.page.number for entry in volume.pages] == list(range(1, len(texts) + 1))
    for entry in volume.pages:
        assert explain(volume, entry.page.number)


def _record(end: str) -> Page:
    return page(
        1,
        "谈话笔录",
        ["受援人：陈志强", "问：事情的经过是怎样的？", "答：我讲过了。", end, "被谈话人：陈志强", "2024年3月5日"],
    )


def test_printed_words_about_reading_aloud_do_not_make_anyone_illiterate() -> None:
    """The form prints 已向我宣读; that the record was read to him is a hint; 不识字 is a statement."""
    fact = catalogue([_record("以上笔录我看过（已向我宣读过），与我讲的相符。")]).facts.facts["illiterate"]
    assert fact.value is not True
    fact = catalogue([_record("以上笔录已向其宣读，与其所讲相符。")]).facts.facts["illiterate"]
    assert (fact.value, fact.state) == (True, State.UNCERTAIN)
    fact = catalogue([_record("答：我不识字，请念给我听。")]).facts.facts["illiterate"]
    assert (fact.value, fact.state) == (True, State.FOUND)


def test_the_record_of_a_lawyer_on_duty_tells_of_help_on_duty() -> None:
    """Even alone it is no sign of a defence; whether a plea was witnessed it leaves open."""
    record = page(
        1,
        "值班律师会见笔录",
        [
            "被会见人：陈志强，犯罪嫌疑人",
            "问：我是法律援助中心派驻的值班律师李明，不是你的辩护人，你明白吗？",
            "答：明白。",
        ],
    )
    kind = catalogue([record]).facts.facts["kind"]
    assert (kind.value, kind.state) == (Kind.DUTY_HELP.value, State.UNCERTAIN)
    assert kind.rivals == (Kind.PLEA_HELP.value,)
