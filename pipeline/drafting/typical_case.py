"""The typical case (典型案例): the case told for publication, with persons, places and numbers taken out.

Only what was found for certain is told, and a person reads it word by word before it leaves the house.
"""

from __future__ import annotations

from pipeline.drafting.anonymising import Anonymiser
from pipeline.drafting.rendering import Row, Values
from pipeline.drafting.summary import EVENTS
from pipeline.drafting.wording import case_value, found
from schemas.base import State
from schemas.case import KIND_TITLES, STAGE_TITLES
from schemas.draft import Office
from schemas.passage import Passage, Topic
from schemas.report import AuditReport

_TITLED = (Topic.FACTS, Topic.CLAIM)
"""What a case is told by: what was established, else what was alleged."""


def typical_values(report: AuditReport, office: Office) -> Values:
    """The placeholders of `典型案例.docx`."""
    names = Anonymiser(report, office.name)
    sure = [passage for passage in report.passages if passage.state is State.FOUND]
    return {
        "标题": _title(report, names),
        "案件类型": _class(report),
        "案情": _paragraphs(names, next((found_ for topic in _TITLED if (found_ := _of(sure, topic))), [])),
        "办理经过": _course(report, names),
        "主要意见": _paragraphs(names, _of(sure, Topic.OPINION)),
        "办理结果": _paragraphs(
            names, [*_of(sure, Topic.ADOPTION), *_of(sure, Topic.OUTCOME), *_of(sure, Topic.BENEFIT)]
        ),
    }


def _of(passages: list[Passage], topic: Topic) -> list[Passage]:
    return [passage for passage in passages if passage.topic is topic]


def _title(report: AuditReport, names: Anonymiser) -> str:
    """`陈某盗窃法律援助案`."""
    who = found(case_value(report, "recipient_name"))
    cause = names.clean(found(case_value(report, "cause"))).removesuffix("罪").removeprefix("涉嫌")
    return f"{names.person(who) if who else '某某'}{cause}法律援助案"


def _class(report: AuditReport) -> str:
    """Kind and stage, where they are certain."""
    case = report.case
    if case is None:
        return ""
    open_ = {name for name, fact in case.facts.items() if fact.state is not State.FOUND}
    kind = KIND_TITLES[case.kind] if case.kind is not None and "kind" not in open_ else ""
    stage = STAGE_TITLES[case.stage] if case.stage is not None and "stage" not in open_ else ""
    return f"{kind}{f'，{stage}' if kind and stage else ''}"


def _paragraphs(names: Anonymiser, passages: list[Passage]) -> list[Row]:
    # 裁判文书自称“本院”，案例中说的是法院
    texts = (names.clean(passage.text).strip().replace("本院", "法院") for passage in passages)
    return [{"文": text} for text in texts if text]


def _course(report: AuditReport, names: Anonymiser) -> list[Row]:
    """What was done in which month, by the dates of the papers, in a sentence each."""
    months: dict[str, list[str]] = {}
    for document in report.documents:
        day = found(document.fields.get("date"))
        event = EVENTS.get(document.type or "")
        if day and event and document.state is State.FOUND:
            months.setdefault(day[:7], []).append(event)
    return [
        {"文": names.clean(f"{int(month[:4])}年{int(month[5:7])}月，{'，'.join(dict.fromkeys(events))}。")}
        for month, events in sorted(months.items())
        if len(month) == len("2024-03") and month.replace("-", "").isdigit()
    ]
