"""The front door (编目): pages in, the catalogued volume out."""

# ruff: noqa: PLR2004 - weights and thresholds are measures of this module, explained where they stand

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.cataloguing.agreeing import confirm_dates
from pipeline.cataloguing.certainty import Verdict, judge, run_score
from pipeline.cataloguing.evidence import Paper
from pipeline.cataloguing.explaining import reasons
from pipeline.cataloguing.fields import PaperReadings, read_paper
from pipeline.cataloguing.layout import PageView
from pipeline.cataloguing.marks import read_marks, read_page_marks
from pipeline.cataloguing.respelling import spelt_alike
from pipeline.cataloguing.retyping import name_agents, retype
from pipeline.cataloguing.scoring import PageScore, score_page
from pipeline.cataloguing.sequence import Run, divide
from pipeline.cataloguing.settling import in_time, settle
from pipeline.cataloguing.spreads import beside
from pipeline.cataloguing.story import read_facts
from pipeline.cataloguing.titles import TitleMatch
from pipeline.cataloguing.weighing import weigh_fields
from schemas.base import State
from schemas.case import KnownCase
from schemas.materials import OTHER, material_title
from schemas.reading import PageKind
from schemas.volume import CataloguedPage, Document, Page, Volume


def catalogue(pages: Sequence[Page], known: KnownCase = KnownCase()) -> Volume:  # noqa: B008 - a frozen value
    """Sorts pages into papers, reads their fields and marks, and weighs the case's fields and facts.

    `pages` come in the order of the closing file. What `known` gives is certain.
    """
    return catalogue_sorted(sort_pages(pages), known)


@dataclass(frozen=True)
class SortedPages:
    """Pages sorted into papers, and what each paper says for itself: nothing of it depends on what is known of the case."""

    views: tuple[PageView, ...]
    scores: tuple[PageScore, ...]
    runs: tuple[Run, ...]
    papers: tuple[PaperReadings, ...]


def sort_pages(pages: Sequence[Page]) -> SortedPages:
    """The dearer half of `catalogue`, for whoever catalogues the same pages again as more of the case gets known."""
    views = tuple(PageView(page) for page in pages)
    scores = tuple(score_page(view) for view in views)
    runs = tuple(retype(divide(scores), scores))
    papers = [read_paper(run.type, tuple(views[index] for index in run.pages)) for run in runs]
    return SortedPages(views, scores, runs, tuple(spelt_alike(papers)))


def catalogue_sorted(pages: SortedPages, known: KnownCase) -> Volume:
    """The catalogued volume: the papers seen in the light of one another, and of what is `known`."""
    views, scores = pages.views, pages.scores
    fields = weigh_fields(pages.papers, known)
    runs = name_agents(pages.runs, pages.papers, fields)
    papers = [replace(paper, type=run.type) for paper, run in zip(pages.papers, runs, strict=True)]
    if runs != list(pages.runs):
        fields = weigh_fields(papers, known)  # an agent's card says little of the recipient
    verdicts = {index: judge(scores[index], run, index) for run in runs for index in run.pages}
    settled = in_time(confirm_dates(papers, [settle(paper, fields) for paper in papers]))
    documents = tuple(
        _document(run, paper, scores, [verdicts[index] for index in run.pages], own)
        for run, paper, own in zip(runs, papers, settled, strict=True)
    )
    catalogued = _pages(views, scores, runs, verdicts)
    volume = Volume(pages=catalogued, documents=documents, fields=fields)
    told = [
        Paper(document.type, document.title, document.state is State.FOUND, paper.views, document.fields)
        for document, paper in zip(documents, papers, strict=True)
    ]
    return volume.model_copy(update={"facts": read_facts(told, fields, known)})


def _pages(
    views: Sequence[PageView], scores: Sequence[PageScore], runs: Sequence[Run], verdicts: dict[int, Verdict]
) -> tuple[CataloguedPage, ...]:
    owner = {index: number for number, run in enumerate(runs) for index in run.pages}
    found = []
    for index, view in enumerate(views):
        number, verdict = owner.get(index), verdicts.get(index)
        run = None if number is None else runs[number]
        blank = view.reading.kind is PageKind.BLANK and not view.reading.inked
        found.append(
            CataloguedPage(
                page=view.page,
                document=number,
                certain=blank if verdict is None else verdict.certain,
                candidates=() if verdict is None else verdict.candidates,
                also=() if run is None else beside(scores[index], run.type),
                reasons=reasons(scores[index], run, index, verdict),
            )
        )
    return tuple(found)


def _document(
    run: Run, paper: PaperReadings, scores: Sequence[PageScore], verdicts: list[Verdict], fields: Mapping[str, object]
) -> Document:
    views = paper.views
    sure = verdicts[0].sure
    title = next((match for match in scores[run.pages[0]].titles if run.type in match.types), None)
    return Document.model_validate(
        {
            "type": run.type,
            "title": _title(title, run.type),
            "first_page": views[0].number,
            "last_page": views[-1].number,
            "state": State.FOUND if sure else State.UNCERTAIN,
            "score": run_score(verdicts, run.type),
            "fields": fields,
            "marks": read_marks(run.type, views),
            "texts": tuple(view.reading.text for view in views),
            "page_marks": read_page_marks(run.type, views),
        }
    )


def _title(match: TitleMatch | None, type_: str) -> str:
    """The title as read, if it was read without doubt; else the type's own."""
    if match is None or match.strength < 0.5 or (not match.exact and type_ != OTHER):
        return material_title(type_)
    return match.form or match.text
