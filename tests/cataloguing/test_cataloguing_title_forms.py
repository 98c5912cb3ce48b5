"""A page with nothing but a title is never surely another paper, whatever the office calls it and however it was read."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from cataloguing_pages import LETTER, page
from cataloguing_title_forms import FORMS

from pipeline.cataloguing import catalogue
from pipeline.cataloguing.titles import name_line, name_title
from schemas.materials import load_materials

CASES = [(type_, form) for type_, forms in FORMS.items() for form in forms.split("|")]

CANONICAL = [(id_, material.titles[0]) for id_, material in load_materials().items()]


def _could_be(heading: str | Sequence[str], *, score: float = 0.98) -> tuple[str, set[str], bool]:
    """What a page with this heading and neutral text was taken for, what else it could be, and whether that is sure."""
    volume = catalogue([page(1, heading, [LETTER[:30], LETTER[30:60]], score=score)])
    entry = volume.pages[0]
    return volume.documents[0].type, {candidate.type for candidate in entry.candidates}, entry.certain


def test_a_local_title_leads_to_its_paper_and_never_away_from_it() -> None:
    """Without a word of text, nineteen forms in twenty lead straight to their type; no other gives an alibi."""
    right, away = 0, []
    for type_, form in CASES:
        own, candidates, certain = _could_be(form)
        right += own == type_
        named = name_title(form)
        shared = named is not None and type_ in named.types
        if not (own == type_ or type_ in candidates or not certain or shared):
            away.append((form, own))
    assert away == []
    assert right >= 0.95 * len(CASES)


SETTINGS: dict[str, Callable[[str], str | list[str]]] = {
    "the office's name before it": lambda title: f"徐闻县法律援助处{title}",
    "the office's name above it": lambda title: ["湛江市霞山区法律援助中心", title],
    "wide blanks within it": "\u3000".join,
    "a copy's mark after it": lambda title: f"{title}（副本）",
    "a stub's mark after it": lambda title: f"{title}（存根）",
    "the form's number above it": lambda title: ["格式十一", title],
    "the form's number before it": lambda title: f"（格式十一）{title}",
    "the paper's number after it": lambda title: f"{title}〔2024〕12号",
    "the case's number above it": lambda title: ["（2024）粤援0803刑001号", title],
    "an annex's mark above it": lambda title: ["附件3", title],
    "an annex's mark before it": lambda title: f"附件3：{title}",
    "its number in a set before it": lambda title: f"三、{title}",
    "a line break within it": lambda title: [title[: len(title) // 2], title[len(title) // 2 :]],
    "a year before it": lambda title: f"2024年度{title}",
    "a full stop after it": lambda title: f"{title}.",
    "the sort of case after it": lambda title: f"{title}（刑事）",
}


@pytest.mark.parametrize("setting", SETTINGS)
def test_a_title_is_known_in_every_setting(setting: str) -> None:
    """What stands above, before, within or after a title does not hide it."""
    wrong = []
    for type_, title in CANONICAL:
        own, _, _ = _could_be(SETTINGS[setting](title))
        if own != type_:
            wrong.append((title, own))
    assert wrong == []


def _misread(title: str) -> list[str]:
    """The title with one character of it wrong; of a long one also with one gone."""
    wrong = [title[:at] + "枧" + title[at + 1 :] for at in range(len(title))]
    return wrong + [title[:at] + title[at + 1 :] for at in range(len(title)) if len(title) >= 7]


@pytest.mark.parametrize("length", range(3, 9))
def test_one_lost_or_misread_character_gives_no_alibi(length: int) -> None:
    """With one character of its title wrong or gone, a page is never surely something else."""
    away = []
    for type_, title in (pair for pair in CANONICAL if len(pair[1]) == length):
        for read in _misread(title):
            own, candidates, certain = _could_be(read, score=0.97)
            if own != type_ and type_ not in candidates and certain:
                away.append((read, own))
    assert away == []


@pytest.mark.parametrize("read", ["枧予法律援助决定书", "枧止法律援助公函", "枧起诉决定书"])
def test_half_a_negation_leaves_both_papers_open(read: str) -> None:
    """`?予法律援助决定书` may be a grant or a refusal; the title does not settle it."""
    named = name_line(read)
    assert named is None or len(named.types) > 1 or not named.exact
