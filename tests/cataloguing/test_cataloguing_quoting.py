"""Passages: what the papers say of the case, word for word, with their pages."""

from __future__ import annotations

from pipeline.cataloguing import passages
from schemas.base import State
from schemas.passage import Topic
from schemas.reading import PageKind, PageReading, TextSource
from schemas.volume import CataloguedPage, Document, Page, Volume

JUDGMENT = (
    "某某县人民法院\n刑事判决书\n公诉机关指控：略。\n经审理查明:\n某日凌晨，被告人甲某在菜市场盗走电动车\n一辆，价值\n- 1 -",
    (
        "12\n人民币三千元。\n上述事实，有证据证实。\n本院认为，辩护人提出的辩护意见，本院予以采纳。依照有关规定，判\n决如下：\n"
        "一、被告人甲某犯盗窃罪，判处拘役三个月。\n如不服本判决，可在十日内上诉。"
    ),
)


def paper(type_: str, first: int, *texts: str, state: State = State.FOUND) -> Document:
    return Document(
        type=type_, title=type_, first_page=first, last_page=first + len(texts) - 1, state=state, score=0.9, texts=texts
    )


def volume(*documents: Document, poor: tuple[int, ...] = ()) -> Volume:
    last = max((document.last_page for document in documents), default=0)
    pages = tuple(
        CataloguedPage(
            page=Page(
                number=number,
                reading=PageReading(
                    sha256="", engine="", kind=PageKind.CONTENT, text_source=TextSource.OCR, low_quality=number in poor
                ),
            )
        )
        for number in range(1, last + 1)
    )
    return Volume(pages=pages, documents=documents)


def test_judgment_tells_facts_adoption_and_outcome() -> None:
    """Line breaks and page numbers fall out, the words stay, and a passage over two pages names both."""
    told = {passage.topic: passage for passage in passages(volume(paper("outcome_document", 3, *JUDGMENT)))}
    assert told[Topic.FACTS].text == "某日凌晨，被告人甲某在菜市场盗走电动车一辆，价值人民币三千元。"
    assert (told[Topic.FACTS].first_page, told[Topic.FACTS].last_page) == (3, 4)
    assert told[Topic.ADOPTION].text == "本院认为，辩护人提出的辩护意见，本院予以采纳。"
    assert told[Topic.OUTCOME].text == "一、被告人甲某犯盗窃罪，判处拘役三个月。"
    assert told[Topic.OUTCOME].first_page == 4


def test_each_passage_is_word_for_word_in_its_paper() -> None:
    """Nothing is invented: what is told stands in the text of the paper it names."""
    papers = (
        paper("outcome_document", 1, *JUDGMENT),
        paper("advocacy_statement", 3, "辩护词\n一、被告人自首，应当从轻。\n二、初犯。"),
    )
    for passage in passages(volume(*papers)):
        assert passage.text in papers[passage.document].text.replace("\n", "").replace("- 1 -", "").replace("12", "")


def test_arguments_are_the_numbered_headings() -> None:
    """What stands under a heading is left to the paper."""
    text = "辩护词\n一、被告人自首，应当从轻处罚。\n具体理由如下。\n二、本案情节轻微，\n建议适用缓刑。"
    told = passages(volume(paper("advocacy_statement", 1, text)))
    assert [passage.text for passage in told] == ["一、被告人自首，应当从轻处罚。", "二、本案情节轻微，建议适用缓刑。"]


def test_nearest_paper_speaks_alone() -> None:
    """The closing report repeats the judgment; it is heard where there is none."""
    report = paper(
        "closing_report", 5, "案件结果：判处拘役三个月，已经生效。\n办案心得：略。\n备注\n为受援人挽回损失28067.50元"
    )
    both = passages(volume(paper("outcome_document", 3, *JUDGMENT), report))
    assert [passage.document for passage in both if passage.topic is Topic.OUTCOME] == [0]
    alone = {passage.topic: passage.text for passage in passages(volume(report))}
    assert alone == {Topic.OUTCOME: "判处拘役三个月，已经生效。", Topic.BENEFIT: "为受援人挽回损失28067.50元"}


def test_doubtful_paper_and_poor_page_make_a_doubtful_passage() -> None:
    """A summary marks as 待核 what was read poorly, or from what is only probably a judgment."""
    unsure = passages(volume(paper("outcome_document", 3, *JUDGMENT, state=State.UNCERTAIN)))
    assert {passage.state for passage in unsure} == {State.UNCERTAIN}
    poor = passages(volume(paper("outcome_document", 3, *JUDGMENT), poor=(3,)))
    assert {passage.topic: passage.state for passage in poor}[Topic.FACTS] is State.UNCERTAIN
    assert {passage.topic: passage.state for passage in poor}[Topic.OUTCOME] is State.FOUND


def test_long_passage_ends_with_a_sentence_and_says_that_it_goes_on() -> None:
    """A summary is read at a glance."""
    long = "诉讼请求：" + "判令被告支付欠款若干元。" * 60 + "事实和理由：略去不写的内容。"
    (claim, *_) = passages(volume(paper("pleading", 1, long)))
    assert claim.text.endswith("若干元。……")
    assert len(claim.text) <= 322


def test_two_ticks_tell_nothing() -> None:
    """A form on which both 全部采纳 and 未采纳 are ticked says nothing of the result."""
    told = passages(volume(paper("closing_report", 1, "承办结果\n☑全部采纳 □部分采纳 ☑未采纳")))
    assert told == ()


def test_empty_papers_say_nothing() -> None:
    """No text, no page, no paper: no passage and no error."""
    assert passages(volume()) == ()
    assert passages(volume(paper("outcome_document", 1, ""), paper("pleading", 2, "诉讼请求："))) == ()
