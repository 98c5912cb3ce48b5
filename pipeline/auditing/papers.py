"""Items against papers: what is missing, what is forbidden, what a person has to look at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.auditing.case import Case, Need, Raised, item_title, page_list, pages_of, places, title_of, weigh
from pipeline.auditing.explaining import explanation_of
from pipeline.auditing.forbidding import forbidden_match
from pipeline.auditing.matching import Match, match, pages_without_alibi
from schemas.base import Place
from schemas.case import FACT_TITLES
from schemas.report import Certainty, Effect, Finding, Problem
from schemas.standard import Duty, Item
from schemas.standard import Need as Requirement
from schemas.volume import MARK_TITLES


@dataclass(frozen=True)
class Examined:
    """One item, whether it is needed, and what was found for it."""

    item: Item
    number: int
    """Its place in the checklist, from 1."""
    need: Need
    found: Match


def examine(case: Case) -> tuple[Examined, ...]:
    """Every item of the checklist held against the volume."""
    return tuple(
        _examined(case, item, number, _needed(case, item)) for number, item in enumerate(case.checklist.items, start=1)
    )


def _examined(case: Case, item: Item, number: int, need: Need) -> Examined:
    """A paper that stands in for another counts only where the other is needed: a record of the hearing is no statement
    that there was none.
    """
    found = _found(case, item)
    if need.applies is False and item.need is not Requirement.OPTIONAL and found.substitute is not None:
        found = Match()
    return Examined(item=item, number=number, need=need, found=found)


def _found(case: Case, item: Item) -> Match:
    return forbidden_match(case, item) if item.need is Requirement.FORBIDDEN else match(case, item)


def ordinal(case: Case, row: Examined) -> str:
    """`第12项`; where a directory is prescribed, its own number, with the volume: `承办卷第3项`."""
    slot = case.standard.slot_of(row.item)
    if slot is None:
        return f"第{row.number}项"
    return case.standard.volume_title(row.item) + ("" if slot.unlisted else f"第{slot.number}项")


def _needed(case: Case, item: Item) -> Need:
    return Need(applies=False) if item.need is Requirement.OPTIONAL else weigh(case, item)


def paper_findings(case: Case, examined: tuple[Examined, ...]) -> list[Raised]:
    """All findings about papers that are missing, doubtful, substituted or forbidden."""
    raised: list[Raised] = []
    open_rows: list[Examined] = []
    for row in examined:
        if row.need.applies is False or _later(row.item):
            continue
        if row.item.need is Requirement.FORBIDDEN:
            raised.extend(_forbidden(case, row))
        elif row.found.documents:
            raised.extend(_substituted(case, row))
        elif row.need.applies is None:
            open_rows.append(row)
        else:
            raised.extend(_worth_asking(_absent(case, row)))
    raised.extend(_open_questions(case, [row for row in open_rows if not _follows(row, raised)]))
    return _folded(raised, examined)


def _worth_asking(entry: Raised) -> tuple[Raised, ...]:
    """The finding, unless it is a doubt about what would only be noted: the checklist shows it open, and nobody is asked."""
    finding = entry.finding
    return () if finding.state is Certainty.UNCERTAIN and finding.effect is Effect.NOTE else (entry,)


def _later(item: Item) -> bool:
    """What the office adds in its own time, and nobody has to be told about."""
    return item.duty is Duty.OFFICE and item.effect is Effect.NOTE


def _finding(case: Case, row: Examined, **values: object) -> Finding:
    item = row.item
    basics: dict[str, object] = {
        "id": "",
        "rule": case.rule_id(item.key),
        "problem": Problem.MISSING,
        "document_type": item.materials[0],
        "effect": item.effect,
        "basis": item.basis,
        "remedy": _remedy(item),
        "standing": item.standing,
        "duty": item.duty,
    }
    return Finding.model_validate({**basics, **values})


def _remedy(item: Item) -> str:
    if item.remedy:
        return item.remedy
    marks = [MARK_TITLES[mark.mark] for mark in item.marks if not mark.each_page and not mark.materials]
    dated = any(field.field == "date" for field in item.fields)
    demands = []
    if marks:
        demands.append(f"应当有{'、'.join(dict.fromkeys(marks))}")
    if dated:
        demands.append("注明日期")
    return f"请补交{item_title(item)}" + (f"（{'，'.join(demands)}）。" if demands else "。")


def _absent(case: Case, row: Examined) -> Raised:
    """The item is needed and nothing surely satisfies it."""
    if row.found.doubtful:
        return _doubtful(case, row)
    suspects = pages_without_alibi(case, row.item)
    title = item_title(row.item)
    explained = explanation_of(case, row.item)
    if explained is not None:
        return _explained(case, row, explained, suspects)
    if not suspects:
        message = f"{ordinal(case, row)}{title}缺失：经逐页核对全卷{len(case.volume.pages)}页，未见该材料。"
        return Raised(_finding(case, row, state=Certainty.CERTAIN, message=message), (row.item.key,))
    message = f"{ordinal(case, row)}{title}未能确认是否在卷。"
    reason = f"{page_list(suspects)}未能确认是何材料，可能即为该材料；请核对，不是的应当补交。"
    evidence = tuple(Place(page=number) for number in suspects)
    finding = _finding(case, row, state=Certainty.UNCERTAIN, message=message, reason=reason, evidence=evidence)
    return Raised(finding, (row.item.key,))


def _explained(case: Case, row: Examined, index: int, suspects: tuple[int, ...]) -> Raised:
    document = case.volume.documents[index]
    or_there = f"{page_list(suspects)}未能确认是何材料，也请一并核对。" if suspects else ""
    finding = _finding(
        case,
        row,
        state=Certainty.UNCERTAIN,
        document=index,
        message=f"{ordinal(case, row)}{item_title(row.item)}未见，{pages_of(document)}{title_of(document)}对此作了说明。",
        reason=f"请核实说明的理由是否成立；不成立的应当补交。{or_there}",
        evidence=(*places(document), *(Place(page=number) for number in suspects)),
    )
    return Raised(finding, (row.item.key,))


def _doubtful(case: Case, row: Examined) -> Raised:
    documents = [case.volume.documents[index] for index in row.found.doubtful]
    where = "、".join(f"{pages_of(document)}{title_of(document)}" for document in documents[:4])
    finding = _finding(
        case,
        row,
        state=Certainty.UNCERTAIN,
        document=row.found.doubtful[0],
        message=f"{ordinal(case, row)}{item_title(row.item)}未能确认是否在卷。",
        reason=f"{where}可能即为该材料，但识读不够清楚；请核对，不是的应当补交。",
        evidence=tuple(place for document in documents for place in places(document)),
    )
    return Raised(finding, (row.item.key,))


def _substituted(case: Case, row: Examined) -> Iterable[Raised]:
    """A paper accepted in place of the item's own, where a person has to agree."""
    substitute = row.found.substitute
    if substitute is None or not substitute.needs_confirmation or row.need.applies is None:
        return
    index = row.found.documents[0]
    document = case.volume.documents[index]
    yield Raised(
        _finding(
            case,
            row,
            state=Certainty.UNCERTAIN,
            document=index,
            message=f"{ordinal(case, row)}{item_title(row.item)}未见，卷内以{pages_of(document)}{title_of(document)}替代。",
            reason=f"替代理由：{substitute.reason}。请核实理由是否成立；不成立的应当补交。",
            evidence=places(document),
        ),
        (row.item.key,),
    )


def _forbidden(case: Case, row: Examined) -> Iterable[Raised]:
    """What must not be there. Where the condition is open, or the sheet twofold, a person looks."""
    for index in (*row.found.sure, *row.found.doubtful):
        document = case.volume.documents[index]
        certain = row.need.applies is True and index in row.found.sure
        yield Raised(
            _finding(
                case,
                row,
                problem=Problem.FORBIDDEN,
                state=Certainty.CERTAIN if certain else Certainty.UNCERTAIN,
                document_type=document.type,
                document=index,
                message=f"{pages_of(document)}{title_of(document)}系{item_title(row.item)}，不应入卷。"
                if certain
                else f"{pages_of(document)}{title_of(document)}可能系{item_title(row.item)}，不应入卷。",
                remedy=row.item.remedy or f"请将{title_of(document)}从卷内取出。",
                reason="" if certain else "请核对该页是否同时载有应当入卷的材料，或者该情形是否适用。",
                evidence=places(document),
            ),
            (row.item.key,),
        )


_TOLD_BY = dict.fromkeys(("result", "settled", "withdrawn", "appealable", "compensated"), "outcome_document")
"""Facts that nobody can know without a paper: where that is surely missing, what hangs on them is asked when it is there."""


def _follows(row: Examined, raised: list[Raised]) -> bool:
    teller = _TOLD_BY.get(row.need.unknown[0]) if row.need.unknown else None
    return teller is not None and any(
        entry.finding.problem is Problem.MISSING
        and entry.finding.document_type == teller
        and entry.finding.state is Certainty.CERTAIN
        for entry in raised
    )


def _open_questions(case: Case, rows: list[Examined]) -> list[Raised]:
    """One question for each unknown fact, however many items hang on it; nothing for what would only be noted."""
    groups: dict[tuple[str, ...], list[Examined]] = {}
    for row in rows:
        if row.item.effect is not Effect.NOTE:
            groups.setdefault(row.need.unknown[:1], []).append(row)
    return [_question(case, unknown, group) for unknown, group in groups.items()]


def _question(case: Case, unknown: tuple[str, ...], rows: list[Examined]) -> Raised:
    worst = min(rows, key=lambda row: list(Effect).index(row.item.effect))
    what = "、".join(f"“{FACT_TITLES[name]}”" for name in unknown)
    titles = "、".join(item_title(row.item) for row in rows)
    evidence = [place for name in unknown if name in case.facts.facts for place in case.facts.facts[name].evidence]
    finding = _finding(
        case,
        worst,
        state=Certainty.UNCERTAIN,
        message=f"卷内材料未能确认{what}，是否需要{titles}待定；卷内未见该材料。",
        reason=f"请核实{what}。符合条件的，应当有{titles}；不符合的，无须补交。",
        evidence=tuple(evidence[:3]),
    )
    return Raised(finding, tuple(row.item.key for row in rows))


def _folded(raised: list[Raised], examined: tuple[Examined, ...]) -> list[Raised]:
    """Drops what is missing only because the paper that would have held it is itself missing.

    The summary may stand in the closing report: where the report is missing, one finding says so, and its remedy
    mentions the summary.
    """
    rows = {row.item.key: row for row in examined}
    missing = {
        row.item.materials[0]: entry
        for entry in raised
        if entry.finding.problem is Problem.MISSING and len(entry.items) == 1
        for row in [rows[entry.items[0]]]
    }
    kept: list[Raised] = []
    extra: dict[str, list[str]] = {}
    for entry in raised:
        holder = _holder(entry, rows, missing)
        if holder is None:
            kept.append(entry)
        else:
            extra.setdefault(holder, []).append(entry.items[0])
    return [_with_folded(entry, [rows[key] for key in extra.get(entry.items[0], [])]) for entry in kept]


def _holder(entry: Raised, rows: dict[str, Examined], missing: dict[str, Raised]) -> str | None:
    if len(entry.items) != 1 or entry.finding.problem is not Problem.MISSING:
        return None
    for substitute in rows[entry.items[0]].item.substitutes:
        holder = missing.get(substitute.material)
        if substitute.contains is not None and holder is not None and holder is not entry:
            same = holder.finding.state is entry.finding.state
            heavier = list(Effect).index(holder.finding.effect) <= list(Effect).index(entry.finding.effect)
            if same and heavier:
                return holder.items[0]
    return None


def _with_folded(entry: Raised, folded: list[Examined]) -> Raised:
    if not folded:
        return entry
    titles = "、".join(item_title(row.item) for row in folded)
    remedy = f"{entry.finding.remedy}该材料应当同时载明{titles}的内容，未载明的，请另行补交{titles}。"
    finding = entry.finding.model_copy(update={"remedy": remedy})
    return Raised(finding, (*entry.items, *(row.item.key for row in folded)))
