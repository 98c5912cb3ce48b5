"""From raised findings to the report's: what has one cause is told once, what weighs most stands first."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.auditing.case import Case, Raised, page_list
from schemas.report import Certainty, Effect, Finding, Problem

_MARKS = {Problem.UNSEALED: "印章", Problem.UNSIGNED: "签名"}
_MANY = 3
"""So many doubtful seals or signatures have one cause: the scan. One question is put for all of them; those that would
not block are put together at once."""


def merged(raised: list[Raised]) -> list[Raised]:
    """Without what another finding has absorbed, and with questions of one cause put together."""
    absorbed = {pair for entry in raised for pair in entry.absorbs}
    kept = [entry for entry in raised if entry.absorbs or not _is_absorbed(entry, absorbed)]
    kept = [entry for entry in kept if not _asked_elsewhere(entry, kept)]
    kept = [entry for entry in kept if not _same_day_told(entry, kept)]
    kept = [entry for entry in kept if not _same_date_told(entry, kept)]
    kept = _grouped(kept, lambda finding: finding.problem is Problem.UNSEALED, _MANY)
    kept = _grouped(kept, lambda finding: finding.problem is Problem.UNSIGNED, _MANY)
    return _grouped(kept, lambda finding: finding.problem in _MARKS and finding.effect is not Effect.BLOCKS, 2)


def _is_absorbed(entry: Raised, absorbed: set[tuple[int, str]]) -> bool:
    finding = entry.finding
    return finding.document is not None and (finding.document, finding.problem.value) in absorbed


def _asked_elsewhere(entry: Raised, raised: list[Raised]) -> bool:
    """Whether a question about poor pages is put already: they are named as what a missing paper may be."""
    finding = entry.finding
    if finding.problem is not Problem.ILLEGIBLE or finding.state is not Certainty.UNCERTAIN:
        return False
    named = {
        place.page
        for other in raised
        if other.finding.problem in (Problem.MISSING, Problem.INCOMPLETE) and other.finding.state is Certainty.UNCERTAIN
        for place in other.finding.evidence
    }
    return all(place.page in named for place in finding.evidence)


def _same_day_told(entry: Raised, raised: list[Raised]) -> bool:
    """Whether a weightier finding says already that the date of this paper is out of order: one wrong date, one finding."""
    finding = entry.finding
    if finding.problem is not Problem.OUT_OF_SEQUENCE or finding.document is None:
        return False
    rivals = [
        other.finding
        for other in raised
        if other.finding.problem is Problem.OUT_OF_SEQUENCE and other.finding.document == finding.document
    ]
    return min(rivals, key=_urgency) is not finding


def _same_date_told(entry: Raised, raised: list[Raised]) -> bool:
    """Whether a doubt is about a date that a certain finding already calls out of order."""
    finding = entry.finding
    if finding.problem is not Problem.INCONSISTENT or finding.state is not Certainty.UNCERTAIN:
        return False
    wrong = {
        place
        for other in raised
        if other.finding.problem is Problem.OUT_OF_SEQUENCE and other.finding.state is Certainty.CERTAIN
        for place in other.finding.evidence
        if place.box is not None
    }
    return any(place in wrong for place in finding.evidence)


def _urgency(finding: Finding) -> tuple[bool, int]:
    return finding.state is Certainty.UNCERTAIN, _weight(finding)


def _grouped(raised: list[Raised], belongs: Callable[[Finding], bool], least: int) -> list[Raised]:
    """One question in place of `least` or more doubtful marks that belong together."""
    doubtful = [
        entry
        for entry in raised
        if entry.finding.state is Certainty.UNCERTAIN and entry.finding.problem in _MARKS and belongs(entry.finding)
    ]
    if len(doubtful) < least:
        return raised
    place = raised.index(doubtful[0])
    others = [entry for entry in raised if entry not in doubtful]
    return [*others[:place], _one_question(doubtful), *others[place:]]


def _one_question(doubtful: list[Raised]) -> Raised:
    first = min((entry.finding for entry in doubtful), key=_weight)
    problems = {entry.finding.problem for entry in doubtful}
    what = "、".join(word for problem, word in _MARKS.items() if problem in problems)
    evidence = tuple(dict.fromkeys(place for entry in doubtful for place in entry.finding.evidence))
    pages = sorted({place.page for place in evidence})
    finding = first.model_copy(
        update={
            "rule": f"{first.rule.rsplit('/', 1)[0]}/{first.problem.value}",
            "document": None,
            "document_type": None,
            "message": f"{page_list(pages)}的{what}未能确认。",
            "reason": f"{''.join(entry.finding.message for entry in doubtful)}请对照原件一并核实。",
            "remedy": f"经核实确无{what}的，请补齐后重新提交相应材料。",
            "evidence": evidence,
        }
    )
    return Raised(finding, tuple(dict.fromkeys(key for entry in doubtful for key in entry.items)))


def _weight(finding: Finding) -> int:
    return list(Effect).index(finding.effect)


def numbered(raised: list[Raised], case: Case) -> list[Raised]:
    """Certain before uncertain, what blocks before what does not, then in the checklist's order; numbered from F1."""
    orders = {item.key: item.order for item in case.checklist.items}

    def place(entry: Raised) -> tuple[bool, int, int]:
        order = min((orders.get(key, 10_000) for key in entry.items), default=10_000)
        return entry.finding.state is Certainty.UNCERTAIN, _weight(entry.finding), order

    return [
        Raised(entry.finding.model_copy(update={"id": f"F{number}"}), entry.items)
        for number, entry in enumerate(sorted(raised, key=place), start=1)
    ]
