"""The case told: for the house with a page behind each statement, for publication without anybody's name."""

from __future__ import annotations

import random

import pytest
from drafting_audit_samples import OFFICE, audit_paper_values
from drafting_documents import table_under, text_of
from drafting_reports import PASSAGES, UNCERTAIN, case, found, report, told, uncertain

from pipeline.drafting import draft_typical_case
from pipeline.drafting.anonymising import Anonymiser
from pipeline.drafting.masking import masked_name, masked_number, masked_text
from pipeline.drafting.rendering import render
from pipeline.drafting.summary import summary_values
from pipeline.drafting.typical_case import typical_values
from schemas.base import State
from schemas.draft import Draft, DraftKind
from schemas.passage import Passage, Topic
from schemas.report import AuditReport, ReportDocument

ID_NUMBER = "440803198805120011"


def rows(values: object) -> list[dict[str, str]]:
    assert isinstance(values, list)
    return values


def summary(audited: AuditReport) -> Draft:
    content = render(DraftKind.CASE_SUMMARY, summary_values(audited, OFFICE, 1), None)
    return Draft(kind=DraftKind.CASE_SUMMARY, file_name="", content=content)


def test_each_statement_has_its_page() -> None:
    """No row of a summary stands without saying where to look."""
    values = summary_values(told(report(UNCERTAIN)), OFFICE, 1)
    for table in ("基本信息", "时间轴", "待核事项"):
        assert all(row["页码"] not in {"", "—"} for row in rows(values[table]))
    assert all("第" in row["出处"] for row in rows(values["摘录"]))


def test_recipient_and_identity_number_are_masked() -> None:
    """Who reads a summary need not know the number, and the name is 陈某某 throughout."""
    audited = told(report(of_case=case(recipient_id_number=found(ID_NUMBER, 5))))
    text = text_of(summary(audited))
    assert "陈小满" not in text
    assert "被告人陈某某窜至" in text
    assert "440***********0011" in text
    assert ID_NUMBER not in text


def test_timeline_is_in_the_order_of_the_days() -> None:
    """By the dates of the papers; one that could not be read is 待核 and stands last."""
    days = [row["日期"] for row in rows(summary_values(told(report()), OFFICE, 1)["时间轴"])]
    assert days[:3] == ["2024年2月20日", "2024年3月1日", "2024年3月5日"]
    assert days[-1] == "待核"
    assert "2024年6月18日" in days


def test_doubtful_words_and_values_say_so() -> None:
    """What was read poorly is quoted with a mark, what is not certain is not told."""
    audited = told(report(of_case=case(lawyer_name=uncertain("李闻丹", 5))))
    text = text_of(summary(audited))
    assert "二、被告人系初犯，主观恶性较小。（待核）" in text
    assert "李闻丹" not in text


def test_words_of_one_paper_on_one_page_are_one_row() -> None:
    """Arguments under their numbers read as one."""
    table = table_under(summary(told(report())), "摘录")
    assert [row[0] for row in table[1:]].count("主要辩护、代理意见") == 2
    assert table[-1][2] == "《刑事判决书》第23、24页"


def test_empty_file_leaves_sentences_and_no_empty_table() -> None:
    """Nothing told, nothing invented."""
    bare = report().model_copy(update={"documents": (), "case": None})
    text = text_of(summary(bare))
    assert "卷内材料未能摘录，由办案人员填写。" in text
    assert "卷内材料的日期均未能确认" in text


def test_masks() -> None:
    """Names of every length, and numbers too short to keep anything."""
    assert [masked_name(name) for name in ("陈小满", "王强", "欧阳修文", "陈某某", "")] == [
        "陈某某", "王某", "欧某某", "陈某某", "",
    ]  # fmt: skip
    assert masked_number("1234567") == "*******"
    assert masked_text("电话13800001234，证号440803198805120011", "陈小满") == "电话138****1234，证号440***********0011"


def published(audited: AuditReport) -> str:
    return text_of(draft_typical_case(audited, OFFICE))


def test_published_case_tells_the_story_without_names() -> None:
    """The template's worth: what happened, what was argued, how it ended."""
    text = published(told(report()))
    assert "陈某盗窃法律援助案" in text
    assert "2024年1月某日凌晨，被告人陈某窜至某市某区某路某号，盗走被害人周某的电动车一辆（价值人民币4680元）。" in text
    assert "辩护人提出的相关辩护意见，法院予以采纳。" in text
    assert "初犯" not in text


@pytest.mark.parametrize("kind", [DraftKind.TYPICAL_CASE, DraftKind.CASE_SUMMARY])
def test_nothing_of_the_sample_names_anybody(kind: DraftKind) -> None:
    """Both papers keep the recipient's name; the published one every name and number of the file."""
    text = text_of(Draft(kind=kind, file_name="", content=render(kind, audit_paper_values()[kind], None)))
    assert "陈小满" not in text
    if kind is DraftKind.TYPICAL_CASE:
        for known in ("周海燕", "李闻舟", "海之岸", "湛江", "霞山", "0803", "112号", "新园路"):
            assert known not in text


SURNAMES = "陈李黄林梁何吴郑谢邓王张刘赵周徐孙马朱胡郭高罗宋唐许韩冯曹彭曾肖田董袁潘蒋蔡余杜叶程苏魏吕丁任沈姚卢姜"
GIVEN = "志建伟秋丽国海文春永小景思家晓俊雪子桂振婉启绍佩水土亚观康强华明萍芳栋燕辉兰玲彤杰梅英东军敏涛静鹏喆玥堃镕"
STEMS = ("榕江", "青湾", "湘宁", "瓯滨", "铜岭", "长岗", "南屏", "石桥", "云台", "沙河")


def names(chance: random.Random, count: int) -> list[str]:
    """Different names, some of one surname."""
    made: dict[str, None] = {}
    while len(made) < count:
        surname = chance.choice("陈李王" if chance.random() < 0.4 else SURNAMES)
        made[surname + "".join(chance.sample(GIVEN, chance.choice((1, 2, 2, 2))))] = None
    return list(made)


def invented(seed: int) -> tuple[AuditReport, list[str]]:
    """A file whose papers are full of names, and everything in it that names somebody or some place."""
    chance = random.Random(seed)
    recipient, victim, other, lawyer = names(chance, 4)
    city, county, town = chance.sample(STEMS, 3)
    phone = f"1{chance.randrange(10**9, 10**10)}"
    number = f"{chance.randrange(10**16, 10**17)}X"
    case_number, court_number = (
        f"榕法援刑字〔2024〕{chance.randrange(1, 999)}号",
        f"（2024）粤0803刑初{chance.randrange(1, 999)}号",
    )
    company = f"{city}市{chance.choice(STEMS)}制衣有限公司"
    street = f"{city}市{county}区{town}镇建设路{chance.randrange(1, 99)}号"
    facts = (
        f"2024年3月{chance.randrange(1, 28)}日，被告人{recipient}（公民身份号码{number}，电话{phone}）在{street}，"
        f"因与被害人{victim}争抢摊位发生口角，打伤{victim}。同案人{other}在{company}门口将{recipient}劝开。"
        f"{city}市{county}区人民法院以{court_number}刑事判决书认定上述事实，{lawyer}律师到庭。"
    )
    outcome = f"一、被告人{recipient}犯故意伤害罪，判处有期徒刑一年；二、由{recipient}赔偿{victim}人民币12600元。"
    passages = tuple(
        Passage(
            topic=topic, text=text, document=0, first_page=1, last_page=1, state=State.FOUND,
            names=tuple(name for name in (recipient, victim, other) if name in text),
        )
        for topic, text in ((Topic.FACTS, facts), (Topic.OUTCOME, outcome))
    )  # fmt: skip
    held = case(
        recipient_name=found(recipient), lawyer_name=found(lawyer), firm_name=found(f"广东{town}律师事务所"),
        organ_name=found(f"{city}市{county}区人民法院"), case_number=found(case_number),
        organ_case_number=found(court_number), recipient_id_number=found(number),
    )  # fmt: skip
    paper = ReportDocument(
        type="outcome_document", title=f"{city}市{county}区人民法院刑事判决书", first_page=1, last_page=3,
        state=State.FOUND, score=1.0, fields={"date": found("2024-06-12", 3)},
    )  # fmt: skip
    audited = report(of_case=held).model_copy(update={"passages": passages, "documents": (paper,)})
    return audited, [
        recipient,
        victim,
        other,
        lawyer,
        city,
        county,
        town,
        phone,
        number,
        case_number,
        court_number,
        company,
    ]


@pytest.mark.parametrize("seed", range(200))
def test_no_name_place_or_number_survives(seed: int) -> None:
    """In two hundred invented files nothing that names anybody comes through, and the story does."""
    audited, secrets = invented(seed)
    values = typical_values(audited, OFFICE)
    text = "".join(str(value) for value in values.values())
    assert [secret for secret in secrets if secret in text] == []
    assert "争抢摊位" in text
    assert "赔偿" in text


@pytest.mark.parametrize("seed", range(0, 200, 20))
def test_one_person_has_one_label(seed: int) -> None:
    """Two persons of one surname are told apart, and the same person is the same wherever he is named."""
    audited, (recipient, victim, other, *_) = invented(seed)
    anonymiser = Anonymiser(audited)
    labels = [anonymiser.person(name) for name in (recipient, victim, other)]
    assert len(set(labels)) == 3
    told_of = anonymiser.clean(f"{recipient}与{victim}、{other}；{victim}、{recipient}。")
    assert told_of == f"{labels[0]}与{labels[1]}、{labels[2]}；{labels[1]}、{labels[0]}。"


def test_misread_and_given_names_go_too() -> None:
    """A character misread by the scan, or the given name alone, still names the person."""
    anonymiser = Anonymiser(told(report()))
    assert anonymiser.clean("陈小蒲到场。小满承认。") == "陈某到场。陈某承认。"


def test_doubtful_name_is_a_name() -> None:
    """What was read without certainty is taken out as well."""
    audited = told(report(of_case=case(recipient_name=uncertain("陈晓满"))))
    assert "陈晓满" not in Anonymiser(audited).clean("陈晓满到案。")


def test_sentence_that_cannot_be_cleaned_is_left_out() -> None:
    """Rather a gap than a number."""
    audited = report(of_case=case(case_number=found("援甲乙丙丁")))
    assert Anonymiser(audited).clean("前一句。卷号援甲乙丙丁。后一句。") == "前一句。后一句。"


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("住人和镇，在农贸市场打工", "住某镇，在农贸市场打工"),
        ("初中文化，系小学教师", "初中文化，系小学教师"),
        ("提供三张银行卡，骑车沿道路行驶", "提供三张银行卡，骑车沿道路行驶"),
        ("入职顺达运输有限公司，后该公司拖欠工资", "入职某公司，后该公司拖欠工资"),
        ("支付人民币126000元，卡号6222020000000000", "支付人民币126000元，（账号略）"),
        ("驾驶粤G12345小型轿车", "驾驶（车牌号略）小型轿车"),
        ("1988年5月12日出生，于2024年3月5日到案", "某年某月出生，于2024年3月某日到案"),
    ],
)
def test_common_words_stay(text: str, cleaned: str) -> None:
    """What names no place is no place: a market, a road, a bank card, a level of schooling."""
    assert Anonymiser(report().model_copy(update={"case": None, "documents": ()})).clean(text) == cleaned


def test_passages_without_names_do_not_suffer() -> None:
    """Arguments come through word for word."""
    argument = PASSAGES[1].text
    assert Anonymiser(told(report())).clean(argument) == argument
