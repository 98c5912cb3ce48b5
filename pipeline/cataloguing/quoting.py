"""Passages (摘录): what the papers say of the case, cut out in their own words, with their pages. Nothing is put in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.cataloguing.naming import names_in
from schemas.base import State
from schemas.passage import Passage, Topic
from schemas.volume import Document, Volume

LONGEST = 320
"""Characters of one passage: a summary is read at a glance, and the page is named."""
_SHORTEST = 6
_MOST_OPINIONS = 8

_NO_TEXT = re.compile(r"[\s\-—－–·第页共/0-9]{0,12}|承办情况(?:小结)?|备注")
"""Page numbers, and labels of a form that stand beside the text in it."""
_SENTENCE_END = re.compile(r"[。；！？]")


@dataclass(frozen=True)
class _Cut:
    """Where a passage begins and ends in the running text of a paper."""

    topic: Topic
    start: re.Pattern[str]
    end: re.Pattern[str]


def _cut(topic: Topic, start: str, end: str) -> _Cut:
    return _Cut(topic, re.compile(start), re.compile(end))


_PROOF = r"(?<=[。；])(?:认定上述|上述(?:犯罪)?事实|以上(?:犯罪)?事实)|认定上述|本院认为|本委认为|本机关认为"
_SIGNED = r"如不服|本(?:判决|裁定|裁决|决定)(?:书)?(?:为终局|为终审|自|一经)|审判长|审判员|仲裁员|(?:独任|首席)仲裁员"
_REPORTED = r"案件结果|办案心得|承办结果|办案体会|受援人对|备注|承办人[（(]?签"

_CUTS: dict[str, tuple[_Cut, ...]] = {
    "indictment": (_cut(Topic.CLAIM, r"经(?:依法)?审查查明[:：，,]?|经审查[:：]", _PROOF),),
    "prosecution_opinion": (_cut(Topic.CLAIM, r"经(?:依法)?侦查查明[:：，,]?", _PROOF),),
    "pleading": (
        _cut(Topic.CLAIM, r"诉讼请求[:：]?|请求事项[:：]?", r"事实(?:和|与|及|、)理由|此致|具状人"),
        _cut(Topic.FACTS, r"事实(?:和|与|及|、)理由[:：]?", r"此致|综上|具状人"),
    ),
    "arbitration_application": (
        _cut(Topic.CLAIM, r"仲裁请求[:：]?|请求事项[:：]?|请求[:：]", r"事实(?:和|与|及|、)理由|此致"),
        _cut(Topic.FACTS, r"事实(?:和|与|及|、)理由[:：]?", r"此致|综上"),
    ),
    "reconsideration_application": (
        _cut(Topic.CLAIM, r"复议请求[:：]?|请求事项[:：]?|请求[:：]", r"事实(?:和|与|及|、)理由|此致"),
    ),
    "outcome_document": (
        _cut(Topic.FACTS, r"经(?:本院|本委|依法)?(?:审理|审查|仲裁庭审理)?查明[:：，,]?", _PROOF),
        _cut(Topic.OUTCOME, r"(?:判决|裁定|裁决|决定)如下[:：]|达成如下协议[:：]", _SIGNED),
    ),
    "settlement": (_cut(Topic.OUTCOME, r"达成(?:如下|以下)(?:调解|和解)?协议[:：]", r"申请人|甲方[（(]|本协议一式"),),
    "closing_report": (
        _cut(Topic.OPINION, r"主要(?:辩护|代理|法律)?(?:[（(]?代理[）)]?)?意见[:：]", _REPORTED),
        _cut(Topic.OUTCOME, r"案件(?:处理)?结果[:：]", _REPORTED.removeprefix("案件结果|")),
    ),
}
_OPINION_PAPERS = ("advocacy_statement",)
_HEADING = re.compile(r"(?:(?<=[。；：:词书见])|^)[一二三四五六七八九十]{1,2}、[^。；]{4,90}[。；]")
_ADOPTED = re.compile(r"[^。；：]*(?:辩护|代理|上诉)(?:人|意见)[^。；]*(?:采纳|采信|不予支持|予以支持)[^。；]*[。；]")
_TICKED = re.compile(r"[☑■√☒][\s]*(全部采纳|部分采纳|未采纳)")
_BENEFIT = re.compile(r"(?:为受援人)?(?:挽回|避免|取得(?:经济)?利益|追回|讨回)[^。；]{0,40}?\d[\d.,，]*\s*万?元")

_SOURCES: dict[Topic, tuple[str, ...]] = {
    Topic.CLAIM: ("indictment", "pleading", "arbitration_application", "reconsideration_application", "prosecution_opinion"),
    Topic.FACTS: ("outcome_document", "pleading", "arbitration_application"),
    Topic.OPINION: ("advocacy_statement", "closing_report"),
    Topic.ADOPTION: ("outcome_document", "closing_report"),
    Topic.OUTCOME: ("outcome_document", "settlement", "closing_report"),
    Topic.BENEFIT: ("closing_report", "handling_summary"),
}  # fmt: skip
"""Which paper speaks first on a topic; the others are left out where it does."""


def passages(volume: Volume) -> tuple[Passage, ...]:
    """What the volume's papers say of the case, a topic from the paper that is nearest to it; empty where none speaks."""
    poor = {entry.page.number for entry in volume.pages if entry.page.reading.low_quality}
    cut = [
        passage for index, document in enumerate(volume.documents) for passage in _of_document(index, document, poor)
    ]
    kept: list[Passage] = []
    for topic, types in _SOURCES.items():
        of_topic = [passage for passage in cut if passage.topic is topic]
        spoken = [type_ for type_ in types if any(volume.documents[entry.document].type == type_ for entry in of_topic)]
        if spoken:
            first = next(entry.document for entry in of_topic if volume.documents[entry.document].type == spoken[0])
            kept += [entry for entry in of_topic if entry.document == first]
    return tuple(_with_names(volume, passage) for passage in kept)


def _with_names(volume: Volume, passage: Passage) -> Passage:
    """A person is often announced elsewhere in the paper than where the passage names him."""
    named = names_in(_running(volume.documents[passage.document]).text)
    return passage.model_copy(update={"names": tuple(name for name in named if name in passage.text)})


@dataclass(frozen=True)
class _Running:
    """A paper's text without line breaks, and the page of each of its characters."""

    text: str
    pages: tuple[int, ...]


def _of_document(index: int, document: Document, poor: set[int]) -> Iterator[Passage]:
    if document.type not in {type_ for types in _SOURCES.values() for type_ in types}:
        return
    running = _running(document)
    for topic, start, end in _spans(document.type, running.text):
        text = running.text[start:end].strip(" 　:：，,")
        if len(text) < _SHORTEST and topic is not Topic.ADOPTION:
            continue
        first, last = running.pages[start], running.pages[end - 1]
        sure = document.state is State.FOUND and not poor & set(range(first, last + 1))
        yield Passage(
            topic=topic,
            text=_shortened(text),
            document=index,
            first_page=first,
            last_page=running.pages[min(end, start + LONGEST) - 1],
            state=State.FOUND if sure else State.UNCERTAIN,
        )


def _running(document: Document) -> _Running:
    """The text line after line, without page numbers."""
    text: list[str] = []
    pages: list[int] = []
    for offset, page_text in enumerate(document.texts):
        for line in page_text.splitlines():
            if _NO_TEXT.fullmatch(line):
                continue
            text.append(line.strip())
            pages += [document.first_page + offset] * len(text[-1])
    return _Running("".join(text), tuple(pages))


def _spans(type_: str, text: str) -> Iterator[tuple[Topic, int, int]]:
    """Topic, start and end of each passage."""
    for cut in _CUTS.get(type_, ()):
        begun = cut.start.search(text)
        if begun is not None:
            ended = cut.end.search(text, begun.end())
            stop = ended.start() if ended is not None else min(len(text), begun.end() + LONGEST)
            if stop > begun.end():
                yield cut.topic, begun.end(), stop
    if type_ in _OPINION_PAPERS:
        headings = list(_HEADING.finditer(text))[:_MOST_OPINIONS]
        yield from ((Topic.OPINION, heading.start(), heading.end()) for heading in headings)
    if type_ == "outcome_document":
        yield from ((Topic.ADOPTION, found.start(), found.end()) for found in list(_ADOPTED.finditer(text))[:2])
    if type_ in {"closing_report", "handling_summary"}:
        ticked = _TICKED.findall(text)
        if len(set(ticked)) == 1:
            found = _TICKED.search(text)
            assert found is not None
            yield Topic.ADOPTION, found.start(1), found.end(1)
        yield from ((Topic.BENEFIT, found.start(), found.end()) for found in list(_BENEFIT.finditer(text))[:2])


def _shortened(text: str) -> str:
    """`text`, or its first sentences with a mark that it goes on."""
    if len(text) <= LONGEST:
        return text
    ends = [found.end() for found in _SENTENCE_END.finditer(text[:LONGEST])]
    return f"{text[: ends[-1] if ends else LONGEST]}……"
