"""A sample closing file as data: its papers on sheets, its truth. Nothing is drawn yet."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256

from pipeline.demo.blocks import Paper, Signature, SignOff, Table
from pipeline.demo.chance import chance, pick
from pipeline.demo.defects import Defect, parse_defect, with_defects
from pipeline.demo.dossier import builders
from pipeline.demo.effects import effect_of
from pipeline.demo.ink import PAGE_WIDTH, Operation, Pen
from pipeline.demo.papers.closing import Entry, contents_list, cover, volume_note
from pipeline.demo.press import Sheet
from pipeline.demo.retelling import late_days
from pipeline.demo.story import Story, make_story
from pipeline.demo.truth import TrueCase, TrueDefect, TrueDocument, TruePage, Truth
from pipeline.demo.typesetting import typeset
from schemas.case import Kind, Origin, Stage

UNNUMBERED = {"cover", "contents_list", "volume_note"}


@dataclass(frozen=True)
class SamplePage:
    """One page of the file: what is on its sheet and how it lies in the scanner."""

    sheet: Sheet
    document: int | None
    rotation: int = 0
    copy: bool = False
    blank: bool = False
    illegible: bool = False
    again: int = 0
    """How many pages before it in the file show the very same."""

    @cached_property
    def key(self) -> str:
        """Identity of what a scanner sees: the same for the same page of two files, whatever lies around it."""
        seen = (self.sheet.operations, self.rotation, self.copy, self.blank, self.illegible, self.again)
        return sha256(repr(seen).encode()).hexdigest()[:24]


@dataclass(frozen=True)
class SampleCase:
    """A whole sample closing file (样卷)."""

    name: str
    story: Story
    papers: tuple[Paper, ...]
    pages: tuple[SamplePage, ...]
    defects: tuple[Defect, ...]


def make_case(  # noqa: PLR0913, PLR0917 - what kind of file it is needs all of them
    seed: object,
    kind: Kind,
    stage: Stage | None,
    origin: Origin,
    style: str,
    defects: tuple[str, ...] = (),
    *,
    untidy: bool = False,
) -> SampleCase:
    """A closing file of this sort; the same arguments give the same file.

    `style` is a key of `pipeline.demo.styles.STYLES`; `defects` as in `pipeline.demo.defects`. An untidy file has
    turned pages and blank backs.
    """
    asked = tuple(parse_defect(text) for text in defects)
    story = make_story(seed, kind, stage, origin, style)
    whole = story
    for each in asked:
        if each.problem == "late":
            whole = replace(whole, days=late_days(whole.days, each.type))
    papers = with_defects(whole, builders(whole), asked)
    papers = _bound(whole, papers, asked)
    pages = _pages(whole, papers)
    if untidy:
        pages = _untidied(pages)
    pages = _told_apart(pages)
    name = f"{story.style.district}-{story.recipient.name}-{story.matter.cause}-{story.stage_title}"
    return SampleCase(name, whole, tuple(papers), tuple(pages), asked)


def _sheets(story: Story, paper: Paper) -> list[tuple[int, Sheet]]:
    sheets = typeset(paper, story.style, story.seed)
    gone = {number if number > 0 else len(sheets) + 1 + number for number in paper.dropped}
    return [(number, sheet) for number, sheet in enumerate(sheets, 1) if number not in gone]


def _bound(story: Story, papers: list[Paper], defects: tuple[Defect, ...]) -> list[Paper]:
    """`papers` between cover, contents list and volume note, whose page numbers are right."""
    entries, first = [], 1
    for paper in papers:
        count = len(_sheets(story, paper))
        entries.append(Entry(paper.title, first, first + count - 1))
        first += count
    if any(defect.type == "contents_list" and defect.detail == "entries" for defect in defects):
        del entries[len(entries) // 2]
    gone = {defect.type for defect in defects if defect.problem == "missing"}
    front = [cover(story, first - 1), contents_list(story, entries)]
    if story.helped and story.running % 2:
        return papers  # a small file that nobody binds
    return [
        *(paper for paper in front if paper.type not in gone),
        *papers,
        *(paper for paper in (volume_note(story, first - 1),) if paper.type not in gone),
    ]


def _pages(story: Story, papers: list[Paper]) -> list[SamplePage]:
    pages: list[SamplePage] = []
    running = 0
    for index, paper in enumerate(papers):
        for number, sheet in _sheets(story, paper):
            running += paper.type not in UNNUMBERED
            numbered = _numbered(story) and paper.type not in UNNUMBERED
            marked = (
                replace(sheet, operations=(*sheet.operations, *_page_number(story, running))) if numbered else sheet
            )
            pages.append(SamplePage(marked, index, copy=paper.copy, illegible=number in paper.unreadable))
    return pages


def _numbered(story: Story) -> bool:
    """Whether somebody numbered the pages of the volume before it was scanned."""
    return story.style.page_numbers and bool(chance("numbered", story.seed).random() < 0.5)  # noqa: PLR2004 - one in two


def _told_apart(pages: list[SamplePage]) -> list[SamplePage]:
    """A sheet that lies twice in the file was scanned twice: the pictures differ."""
    seen: Counter[str] = Counter()
    result = []
    for page in pages:
        result.append(replace(page, again=seen[page.key]))
        seen[page.key] += 1
    return result


def _page_number(story: Story, number: int) -> tuple[Operation, ...]:
    return (Pen(PAGE_WIDTH - 150, 70, str(number), 40, f"archivist|{story.seed}|{number}", 0, "black"),)


def _untidied(pages: list[SamplePage]) -> list[SamplePage]:
    """Three pages lie the wrong way round; two sheets were scanned with their blank backs.

    Which ones depends on the pages themselves, so that a file with a defect shares them with the one without.
    """
    drawn = sorted(range(len(pages)), key=lambda index: pages[index].key)
    turned = {index: int(pick(chance("turned", pages[index].key), (90, 180, 270))) for index in drawn[:3]}
    backs = set(drawn[-2:])
    result: list[SamplePage] = []
    for index, page in enumerate(pages):
        result.append(replace(page, rotation=turned.get(index, 0)))
        if index in backs:
            result.append(SamplePage(page.sheet, None, blank=True))
    return result


def truth_of(case: SampleCase, quality: str) -> Truth:
    """The truth about `case`, scanned at `quality`."""
    documents = _documents(case)
    types = [paper.type for paper in case.papers]
    pages = tuple(
        TruePage(
            number=number,
            type=None if page.document is None else types[page.document],
            document=page.document,
            rotation=page.rotation,
            also=() if page.document is None else case.papers[page.document].also,
            lines=() if page.blank else page.sheet.lines,
            illegible=page.illegible,
        )
        for number, page in enumerate(case.pages, 1)
    )
    story = case.story
    return Truth(
        name=case.name, seed=story.seed, style=story.style.key, quality=quality, complete=not case.defects,
        case=_case(story), pages=pages, documents=documents, defects=_true_defects(case, documents),
    )  # fmt: skip


def _documents(case: SampleCase) -> tuple[TrueDocument, ...]:
    found = []
    for index, paper in enumerate(case.papers):
        numbers = [number for number, page in enumerate(case.pages, 1) if page.document == index]
        found.append(
            TrueDocument(
                type=paper.type,
                title=paper.title,
                first_page=numbers[0],
                last_page=numbers[-1],
                also=paper.also,
                fields=paper.fields,
                marks=marks_of(paper),
            )
        )
    return tuple(found)


def marks_of(paper: Paper) -> dict[str, str]:
    """Signatures and seals that `paper` has a place for, and whether they are there."""
    signatures, sign_offs = [], []
    for block in paper.blocks:
        signatures += [block] if isinstance(block, Signature) else []
        sign_offs += [block] if isinstance(block, SignOff) else []
        cells = [cell for row in block.rows for cell in row.cells] if isinstance(block, Table) else []
        signatures += [cell.signature for cell in cells if cell.signature is not None]
        sign_offs += [cell.sign_off for cell in cells if cell.sign_off is not None]
    marks: dict[str, str] = {}
    for signature in signatures:
        if signature.mark and marks.get(signature.mark) != "found":
            marks[signature.mark] = "found" if signature.signed else "missing"
    for sign_off in sign_offs:
        if sign_off.seal is not None and sign_off.seal.mark:
            marks[sign_off.seal.mark] = "found" if sign_off.seal.pressed else "missing"
    return marks


def _case(story: Story) -> TrueCase:
    days = story.days
    fields: dict[str, str | None] = {
        "recipient_name": story.recipient.name, "recipient_id_number": story.recipient.id_number, "lawyer_name": story.lawyer.name,
        "firm_name": story.firm, "cause": story.matter.cause, "organ_name": story.organ, "organ_case_number": story.organ_case_number,
        "case_number": story.case_number, "assigned_on": days.assigned.isoformat(), "closed_on": days.received.isoformat(),
    }  # fmt: skip
    if story.helped or story.kind is Kind.DRAFTING:
        unsaid = {"case_number", "assigned_on", "closed_on", "organ_case_number"}
        unsaid |= {"organ_name"} if story.kind is Kind.DRAFTING else set()
        fields = {name: value for name, value in fields.items() if name not in unsaid}
    facts: dict[str, str | bool] = {
        "hearing_held": story.heard,
        "minor": story.minor,
        "lawyer_changed": False,
        "aid_terminated": False,
    }
    if story.criminal:
        facts |= {"plea": story.plea, "custody": "detained" if story.custody else "bail", "evidence_taken": False}
    return TrueCase(kind=story.kind, stage=story.stage, origin=story.origin, fields=fields, facts=facts)


def _true_defects(case: SampleCase, documents: tuple[TrueDocument, ...]) -> tuple[TrueDefect, ...]:
    found = []
    for defect in case.defects:
        pages = tuple(each.first_page for each in documents if each.type == defect.type)
        found.append(
            TrueDefect(
                problem=defect.problem,
                document_type=defect.type,
                effect=effect_of(defect, case.story),
                detail=defect.detail,
                pages=pages,
            )
        )
    return tuple(found)
