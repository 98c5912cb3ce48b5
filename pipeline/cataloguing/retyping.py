"""Papers seen in their place (依位置定类): the same contract is case material before the grant, evidence after it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from rapidfuzz.distance import Levenshtein

from pipeline.cataloguing.fields import PaperReadings
from pipeline.cataloguing.scoring import PageScore
from pipeline.cataloguing.sequence import Run
from pipeline.cataloguing.text import compact, fold, one_glyph_apart
from schemas.base import State
from schemas.volume import FieldValue

_DECIDED = ("approval_form", "grant_decision", "assignment_notice", "official_letter")
_APPLIED = ("application_form", "means_statement", "means_exemption", "identity_document")

_LOOSE = ("evidence", "file_review_copy")
_CRIMINAL = frozenset(
    {"defence_notice", "coercive_measure", "prosecution_opinion", "indictment", "non_prosecution_decision",
     "plea_affidavit", "duty_help_notice", "duty_help_register", "duty_help_application", "acceptance_confirmation"}
)  # fmt: skip
_OUTSIDE_CRIMINAL = {"meeting_record": "interview_record", "file_review_copy": "evidence"}


def name_agents(runs: Sequence[Run], papers: Sequence[PaperReadings], fields: Mapping[str, FieldValue]) -> list[Run]:
    """The runs with the identity papers of someone else than the recipient named as the agent's.

    Only where the recipient is sure, the paper does not bear that name at all, and no misreading explains it: the number
    is quite another, or the name is.
    """
    recipient, number = (_sure(fields.get(name)) for name in ("recipient_name", "recipient_id_number"))
    if recipient is None:
        return list(runs)
    return [
        replace(run, type="agent_identity", read_as="identity_document")
        if run.type == "identity_document" and _another(paper, recipient, number)
        else run
        for run, paper in zip(runs, papers, strict=True)
    ]


def _sure(field: FieldValue | None) -> str | None:
    return field.value if field is not None and field.state is State.FOUND else None


def _another(paper: PaperReadings, recipient: str, number: str | None) -> bool:
    named = compact(recipient)
    kin = re.compile(rf"(?:系|是|为){re.escape(named)}(?:的|之)?{_KIN}")
    if any(view.folded.count(named) > len(kin.findall(view.folded)) for view in paper.views):
        return False
    name, own = paper.best("recipient_name"), paper.best("recipient_id_number")
    if own is not None and own.found and number is not None and Levenshtein.distance(own.value, number) > _MISREAD:
        return True
    return name is not None and name.found and not one_glyph_apart(fold(name.value), fold(recipient))


_KIN = (
    r"(?:父|母|爸|妈|爷|奶|祖|外公|外婆|监护|法定代理|兄|弟|姐|妹|叔|伯|姑|舅|姨|配偶|妻|丈夫|夫妻|儿|女|近亲属|亲属)"
)
"""Of whom a copy of somebody else's card says that its bearer is one: `陈某甲系陈某某父亲`."""
_MISREAD = 2
"""Figures of an identity number whose check digit fits that may yet have been misread, or copied wrong."""


def retype(runs: Sequence[Run], scores: Sequence[PageScore]) -> list[Run]:
    """The runs with each shared title named by the sort of case, and each loose piece of evidence by where it stands."""
    return _by_place(_by_nature(_by_ground(runs, scores), scores), scores)


_WAGES = re.compile(r"工资|工钱|劳务|薪|务工|农民工|加班|工程款")


def _by_ground(runs: Sequence[Run], scores: Sequence[PageScore]) -> list[Run]:
    """A note of debt frees from the means check where wages are owed; any other is what the claim rests on."""
    return [
        replace(run, type="evidence", barred=frozenset({run.type}))
        if run.type == "means_exemption" and _owes(scores[run.pages[0]])
        else run
        for run in runs
    ]


def _owes(score: PageScore) -> bool:
    return _is_debt(score) and not _WAGES.search(score.view.folded)


def _is_debt(score: PageScore) -> bool:
    title = score.title
    return title is not None and title.form in ("欠条", "欠款条", "欠据", "借条", "借据")


def _by_nature(runs: Sequence[Run], scores: Sequence[PageScore]) -> list[Run]:
    """In a file without any criminal paper nobody is met in custody, and no police file is copied."""
    if any(run.type in _CRIMINAL for run in runs):
        return list(runs)
    named = []
    for run in runs:
        other = _OUTSIDE_CRIMINAL.get(run.type)
        title = next((match for match in scores[run.pages[0]].titles if run.type in match.types), None)
        shared = other is not None and title is not None and other in title.types
        named.append(replace(run, type=other, barred=frozenset({run.type})) if other and shared else run)
    return named


def _by_place(runs: Sequence[Run], scores: Sequence[PageScore]) -> list[Run]:
    """The runs with each loose piece of evidence before the grant named as material of the application.

    So is a paper of the police: copies from a case file (阅卷) come after the assignment.
    """
    types = [run.type for run in runs]
    decided = next((at for at, type_ in enumerate(types) if type_ in _DECIDED), None)
    applied = next((at for at, type_ in enumerate(types) if type_ in _APPLIED), None)
    named = []
    for at, run in enumerate(runs):
        listed = any(match.form.endswith(("目录", "清单")) for match in scores[run.pages[0]].titles[:1])
        early = applied is not None and decided is not None and applied < at < decided
        if run.type in _LOOSE and early and not listed:
            named.append(replace(run, type="case_basis", read_as=run.type))
        elif run.type == "means_exemption" and early and _is_debt(scores[run.pages[0]]):
            named.append(
                replace(run, barred=run.barred | {"evidence"})
            )  # among the application's papers, wages owed free
        else:
            named.append(run)
    return named
