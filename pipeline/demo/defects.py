"""Defects (缺陷) put into a closing file on purpose, each with what an audit should say about it.

A defect is asked for as `problem:type` or `problem:type:detail`, in the contract's words: `missing:hearing_record`,
`unsigned:power_of_attorney`, `inconsistent:advocacy_statement:recipient_name`, `out_of_sequence:meeting_record`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from pipeline.demo.blocks import FILL_END, FILL_START, Block, Cell, Paper, Row, Signature, SignOff, Table, Text
from pipeline.demo.dossier import Builder, builders
from pipeline.demo.papers.trust import fee_receipt
from pipeline.demo.retelling import contradicted, out_of_order
from pipeline.demo.story import Story, make_story
from pipeline.errors import UsageError

FILLED = re.compile(f"{FILL_START}[^{FILL_END}]*{FILL_END}")
BINDING = {"cover", "contents_list", "volume_note"}
"""Papers that are made when the volume is bound, after all others."""


@dataclass(frozen=True)
class Defect:
    """One defect as asked for."""

    problem: str
    type: str
    detail: str = ""


def parse_defect(text: str) -> Defect:
    problem, _, rest = text.partition(":")
    type_, _, detail = rest.partition(":")
    if not type_ or problem not in _CHANGES:
        raise UsageError(f"不认识的缺陷：{text}。写法为“问题:材料类型”或者“问题:材料类型:细节”。")
    return Defect(problem, type_, detail)


def with_defects(story: Story, planned: list[Builder], defects: tuple[Defect, ...]) -> list[Paper]:
    """The papers that `planned` tell from `story`, with `defects` put in."""
    papers = [builder(_retold(story, builder(story).type, defects)) for builder in planned]
    for defect in defects:
        if not _made_elsewhere(defect) and not any(paper.type == defect.type for paper in papers):
            raise UsageError(f"这种案件的卷宗里没有材料 {defect.type}，不能制造缺陷 {defect.problem}。")
        papers = _CHANGES[defect.problem](papers, defect, story)
    return papers


def _made_elsewhere(defect: Defect) -> bool:
    """Whether the volume's binding makes it, or it needs no paper of its type to be there."""
    if defect.type in BINDING:
        return defect.problem == "missing" or (defect.type, defect.detail) == ("contents_list", "entries")
    return defect.problem == "forbidden"


def _retold(story: Story, type_: str, defects: tuple[Defect, ...]) -> Story:
    """`story` as the paper of `type_` tells it wrongly."""
    for defect in defects:
        if defect.type == type_ and defect.problem == "inconsistent":
            story = contradicted(story, defect.detail)
        if defect.type == type_ and defect.problem == "out_of_sequence":
            story = out_of_order(story, type_)
    return story


def _each(papers: list[Paper], type_: str, change: str | None, story: Story) -> list[Paper]:
    del story
    return [_stripped(paper, change) if paper.type == type_ else paper for paper in papers]


def _stripped(paper: Paper, mark: str | None) -> Paper:
    """`paper` without the ink of `mark`; None: without its dates."""
    blocks = tuple(_strip_block(block, mark) for block in paper.blocks)
    each = _strip_signature(paper.each_page, mark) if paper.each_page is not None else None
    fields = paper.fields | ({"date": None} if mark is None else {})
    return replace(paper, blocks=blocks, each_page=each, fields=fields)


def _strip_block(block: Block, mark: str | None) -> Block:
    match block:
        case Signature():
            return _strip_signature(block, mark)
        case SignOff():
            return _strip_sign_off(block, mark)
        case Table():
            return replace(
                block,
                rows=tuple(Row(tuple(_strip_cell(cell, mark) for cell in row.cells), row.height) for row in block.rows),
            )
    return block


def _strip_cell(cell: Cell, mark: str | None) -> Cell:
    signature = _strip_signature(cell.signature, mark) if cell.signature is not None else None
    sign_off = _strip_sign_off(cell.sign_off, mark) if cell.sign_off is not None else None
    return replace(cell, signature=signature, sign_off=sign_off)


def _strip_signature(signature: Signature, mark: str | None) -> Signature:
    if mark is None:
        return replace(signature, date="") if signature.date is not None else signature
    return replace(signature, signed=False) if signature.mark == mark else signature


def _strip_sign_off(sign_off: SignOff, mark: str | None) -> SignOff:
    if mark is None:
        return replace(sign_off, date="")
    if sign_off.seal is not None and sign_off.seal.mark == mark:
        return replace(sign_off, seal=replace(sign_off.seal, pressed=False))
    return sign_off


SIGNERS = {"closing_report": "lawyer_signature", "approval_form": "staff_signature", "advocacy_statement": "lawyer_signature",
           "progress_record": "lawyer_signature", "file_review_note": "lawyer_signature", "explanation": "lawyer_signature",
           "duty_help_register": "lawyer_signature"}  # fmt: skip
SEALS = {"representation_agreement": "firm_seal", "firm_letter": "firm_seal"}
OFFICE_SEALED = {"grant_decision", "assignment_notice", "official_letter"}


def _unsigned(papers: list[Paper], defect: Defect, story: Story) -> list[Paper]:
    if defect.detail == "each_page":
        return [
            replace(paper, unsigned_pages=(1,)) if paper.type == defect.type and paper.each_page else paper
            for paper in papers
        ]
    mark = defect.detail or SIGNERS.get(defect.type, "recipient_signature")
    return _each(papers, defect.type, mark, story)


def _unsealed(papers: list[Paper], defect: Defect, story: Story) -> list[Paper]:
    mark = "office_seal" if defect.type in OFFICE_SEALED else SEALS.get(defect.type, "organ_seal")
    return _each(papers, defect.type, mark, story)


def _undated(papers: list[Paper], defect: Defect, story: Story) -> list[Paper]:
    return _each(papers, defect.type, None, story)


def _missing(papers: list[Paper], defect: Defect, story: Story) -> list[Paper]:
    del story
    return [paper for paper in papers if paper.type != defect.type]


def _incomplete(papers: list[Paper], defect: Defect, story: Story) -> list[Paper]:
    """One page is gone: the second, or the last where `detail` says so; or the boxes of a form are empty."""
    del story
    if defect.detail == "boxes":
        return [_emptied(paper) if paper.type == defect.type else paper for paper in papers]
    page = -1 if defect.detail == "last" else 2
    return [replace(paper, dropped=(page,)) if paper.type == defect.type else paper for paper in papers]


def _emptied(paper: Paper) -> Paper:
    """`paper` with nothing filled in: labels and signatures are left."""
    blocks = tuple(_empty_block(block) for block in paper.blocks)
    signer = {"closing_report": "lawyer_name", "means_statement": "recipient_name"}.get(paper.type)
    fields = {key: value if key in {"date", signer} else None for key, value in paper.fields.items()}
    return replace(paper, blocks=blocks, fields=fields)


def _empty_block(block: Block) -> Block:
    if isinstance(block, Text):
        return replace(block, text=_without_fills(block.text))
    if isinstance(block, Table):
        rows = tuple(Row(tuple(_empty_cell(cell) for cell in row.cells), row.height) for row in block.rows)
        return replace(block, rows=rows)
    return block


def _empty_cell(cell: Cell) -> Cell:
    return replace(cell, text=_without_fills(cell.text).replace("☑", "□"))


def _without_fills(text: str) -> str:
    return FILLED.sub(lambda match: FILL_START + "　" * min(6, len(match[0]) - 2) + FILL_END, text)


def _duplicate(papers: list[Paper], defect: Defect, story: Story) -> list[Paper]:
    del story
    index = _first(papers, defect.type)
    return [*papers[: index + 1], papers[index], *papers[index + 1 :]]


def _misplaced(papers: list[Paper], defect: Defect, story: Story) -> list[Paper]:
    """Moved a third of the volume away from its place."""
    del story
    index = _first(papers, defect.type)
    rest = papers[:index] + papers[index + 1 :]
    target = (index + max(4, len(papers) // 3)) % len(rest)
    return [*rest[:target], papers[index], *rest[target:]]


def _foreign(papers: list[Paper], defect: Defect, story: Story) -> list[Paper]:
    """The same paper of someone else's case lies behind the file's own."""
    other = make_story(f"{story.seed}|foreign", story.kind, story.stage, story.origin, story.style.key)
    strange = next(paper for paper in (builder(other) for builder in builders(other)) if paper.type == defect.type)
    index = _first(papers, defect.type)
    return [*papers[: index + 1], strange, *papers[index + 1 :]]


def _forbidden(papers: list[Paper], defect: Defect, story: Story) -> list[Paper]:
    """A receipt for money that nobody may take in a legal-aid case."""
    del defect
    index = _first(papers, "rights_notice")
    return [*papers[: index + 1], fee_receipt(story), *papers[index + 1 :]]


def _illegible(papers: list[Paper], defect: Defect, story: Story) -> list[Paper]:
    del story
    return [replace(paper, unreadable=(1,)) if paper.type == defect.type else paper for paper in papers]


def _unchanged(papers: list[Paper], defect: Defect, story: Story) -> list[Paper]:
    """The paper was already told wrongly."""
    del defect, story
    return papers


def _first(papers: list[Paper], type_: str) -> int:
    return next(index for index, paper in enumerate(papers) if paper.type == type_)


_CHANGES = {
    "missing": _missing, "unsigned": _unsigned, "unsealed": _unsealed, "undated": _undated, "incomplete": _incomplete,
    "duplicate": _duplicate, "misplaced": _misplaced, "foreign": _foreign, "illegible": _illegible,
    "inconsistent": _unchanged, "out_of_sequence": _unchanged, "late": _unchanged,
    "forbidden": _forbidden,
}  # fmt: skip
