"""The coercive measure (强制措施) that the recipient is under: the last one that the papers tell of.

A judgment tells a person's measures one after the other (`被刑事拘留，同年七月一日被逮捕，现羁押于……`), and tells those of
the other accused in the same way: only what stands behind the recipient's own name counts, and of that the last.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.cataloguing.evidence import Paper, Tally, decide, tally
from pipeline.cataloguing.tables import table
from pipeline.cataloguing.text import compact
from schemas.base import State
from schemas.case import Custody, Fact, Kind
from schemas.volume import FieldValue

_TELLING = frozenset({"outcome_document", "indictment", "prosecution_opinion", "non_prosecution_decision"})
"""Papers of the organs that tell the measures one after the other."""
_MEASURE = re.compile(
    r"(?P<detained>刑事拘留|(?:执行|批准|决定|依法|予以|被)逮捕|(?:现|仍|一直)?(?:羁押|关押|押)[于在].{2,16}(?:看守所|监狱|看守区))|"
    r"(?P<bail>取保候审)|(?P<residential>监视居住)"
)
_PERSON = re.compile(
    r"辩护人|公诉机关|(?:被告人|犯罪嫌疑人|上诉人|被不起诉人)(?:\(.{2,8}?\))?[:：]?(?=[\u4e00-\u9fff]{2,4}[,(，])|本案由|被害人|经依法|经审理"
)
"""Where the particulars of one person end."""
_LONGEST = 360
"""Characters of one person's particulars."""
_TOLD = 4.0
_LATEST = 5.0
"""Weights of what an organ's paper tells last, and of the latest of several decisions that are on file."""
_DECIDES = (
    (re.compile(r"取保候审决定书|决定.{0,20}取保候审|对其取保候审"), Custody.BAIL),
    (re.compile(r"监视居住决定书"), Custody.RESIDENTIAL),
    (re.compile(r"逮捕|拘留"), Custody.DETAINED),
)


def custody_fact(kind: Fact, value: Kind | None, papers: Sequence[Paper], recipient: FieldValue | None) -> Fact:
    """The coercive measure; none outside criminal defence."""
    defended = value is None or value in (Kind.CRIMINAL_DEFENCE, Kind.DUTY_HELP, Kind.PLEA_HELP)
    if not defended and kind.state is State.FOUND:
        return Fact(value=Custody.NONE.value, state=State.FOUND, score=kind.score, source="非刑事辩护案件")
    told = {number: row for number, paper in enumerate(papers) if (row := _told(paper, recipient)) is not None}
    others = [paper for number, paper in enumerate(papers) if number not in told]
    signs = tally("custody", table("facts")["custody"], others)
    last = _last_decision(papers)
    if last is None:
        return _perhaps_released(decide([*signs, *told.values()]), papers)
    # 会见、办案记录等说的可能是此前的羁押
    return decide([*(sign for sign in signs if sign.value == last.value), *told.values(), last])


def _perhaps_released(fact: Fact, papers: Sequence[Paper]) -> Fact:
    """Custody, left open where a release is on file as well and no dates tell which came last."""
    released = next((measure for measure, _ in _decisions(papers) if measure is not Custody.DETAINED), None)
    if fact.value != Custody.DETAINED or fact.state is not State.FOUND or released is None:
        return fact
    return fact.model_copy(update={"state": State.UNCERTAIN, "rivals": (released.value,)})


def _told(paper: Paper, recipient: FieldValue | None) -> Tally | None:
    """What a paper of the organ tells last of the recipient; None where it does not tell his measures."""
    if paper.type not in _TELLING:
        return None
    start, end = _particulars(paper.text, compact(recipient.value or "") if recipient is not None else "")
    last = next(reversed(list(_MEASURE.finditer(paper.text, start, end))), None)
    if last is None or last.lastgroup is None:
        return None
    place = paper.locate(last.start(), last.end())
    return Tally(last.lastgroup, _TOLD, place, f"《{paper.title}》载明“{last.group()[:30]}”", paper.sure)


def _particulars(text: str, name: str) -> tuple[int, int]:
    """From where to where the text tells of the person: behind his name, up to the next person or the charge itself."""
    begun = (
        re.search(rf"{re.escape(name)}(?:\([^()]{{1,20}}\))?[,，](?:曾用名.{{2,8}}[,，])?(?:男|女)", text)
        if name
        else None
    )
    if begun is None:
        return 0, 0
    ended = _PERSON.search(text, begun.end())
    return begun.end(), min(begun.end() + _LONGEST, ended.start() if ended is not None else len(text))


def _decisions(papers: Sequence[Paper]) -> list[tuple[Custody, Paper]]:
    """The decisions on file that are surely such, each with its measure."""
    found = []
    for paper in papers:
        if paper.type == "coercive_measure" and paper.sure:
            measure = next((measure for pattern, measure in _DECIDES if pattern.search(paper.text)), None)
            if measure is not None:
                found.append((measure, paper))
    return found


def _last_decision(papers: Sequence[Paper]) -> Tally | None:
    """Of several decisions on file, each surely dated, the last is in force: release on bail ends an arrest."""
    dated = [(_day(paper), measure, paper) for measure, paper in _decisions(papers)]
    if len({day for day, _, _ in dated}) < 2 or not all(day for day, _, _ in dated):  # noqa: PLR2004 - one follows another
        return None
    _, measure, last = max(dated, key=lambda entry: entry[0])
    return Tally(measure.value, _LATEST, last.first, f"卷内最后一份《{last.title}》", last.sure)


def _day(paper: Paper) -> str:
    """The day of the decision; empty where it is not sure."""
    date = paper.fields.get("date")
    return date.value or "" if date is not None and date.state is State.FOUND else ""
