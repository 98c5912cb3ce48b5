"""What holds of every report, whatever the volume."""

from __future__ import annotations

from auditing_volumes import Paper, found, gd, lacking, mark, run, volume
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.base import State
from schemas.case import FACT_TITLES, FACT_VALUES, CaseFacts, Fact
from schemas.materials import load_materials
from schemas.reading import PageKind
from schemas.report import Certainty, Decision, Effect, Problem
from schemas.volume import MARK_TITLES

TYPES = [*load_materials(), "other"]
STATES = st.sampled_from(list(State))

readings = st.fixed_dictionaries(
    {
        "kind": st.sampled_from([PageKind.CONTENT] * 5 + list(PageKind)),
        "quality": st.sampled_from([0.3, 0.9, 0.98]),
        "low_quality": st.sampled_from([False] * 5 + [True]),
        "sha256": st.sampled_from("abcdefghij"),
    }
)
dates = st.one_of(
    st.dates().map(lambda day: found(day.isoformat())), st.just(lacking()), st.text(max_size=12).map(found)
)
papers = st.builds(
    Paper,
    type=st.sampled_from(TYPES),
    text=st.sampled_from(["", "未开庭", "第1页 共3页", "同意接受法律援助", "判决如下", "刑终 民初 终审", "律师费"]),
    fields=st.dictionaries(st.sampled_from(["date", "hearing_date"]), dates, max_size=2),
    marks=st.dictionaries(st.sampled_from(sorted(MARK_TITLES)), STATES.map(mark), max_size=3),
    state=STATES,
    score=st.floats(0, 1),
    pages=st.integers(1, 3),
    certain=st.booleans(),
    reading=readings,
)
fact_values = st.fixed_dictionaries(
    {},
    optional={
        name: st.builds(
            Fact, value=st.sampled_from([*FACT_VALUES.get(name, (True, False)), None]), state=st.sampled_from([State.FOUND, State.UNCERTAIN])
        )
        for name in FACT_TITLES
    },
)  # fmt: skip


@settings(max_examples=60)
@given(st.lists(papers, max_size=12), fact_values)
def test_a_report_keeps_its_promises(some, values):
    """It always comes out; certain findings alone block; a question says why; a certain gap has no page without alibi."""
    file = volume(some, CaseFacts(facts=values))
    report = run(file)
    assert report.subsidy is not None
    pages = len(file.pages)
    for finding in report.findings:
        assert finding.message
        assert finding.basis
        assert finding.remedy
        assert (finding.reason != "") == (finding.state is Certainty.UNCERTAIN)
        assert all(1 <= place.page <= pages for place in finding.evidence)
        assert finding.document is None or 0 <= finding.document < len(file.documents)
        assert finding.rule.startswith("gd/")
    certain = {
        finding.id
        for finding in report.findings
        if finding.state is Certainty.CERTAIN and finding.effect is Effect.BLOCKS
    }
    assert set(report.subsidy.blocking) == certain
    assert (report.subsidy.decision is Decision.BLOCKED) == bool(certain)
    if not all(page.certain for page in file.pages):
        gaps = [finding for finding in report.findings if finding.problem is Problem.MISSING]
        assert all(finding.state is Certainty.UNCERTAIN for finding in gaps)


@settings(max_examples=25)
@given(
    st.lists(papers, max_size=8), fact_values, st.sampled_from([checklist.kind.value for checklist in gd().checklists])
)
def test_an_added_loose_page_never_makes_anything_more_certain(some, values, kind):
    """A page that nobody could read may only turn findings into questions."""
    facts = CaseFacts(facts={**values, "kind": Fact(value=kind, state=State.FOUND)})
    before = run(volume(some, facts))
    loose = Paper("other", state=State.UNCERTAIN, score=0.1, certain=False, reading={"kind": PageKind.UNREADABLE})
    after = run(volume([*some, loose], facts))

    def gaps(report):
        return {
            finding.rule
            for finding in report.findings
            if finding.problem is Problem.MISSING and finding.state is Certainty.CERTAIN
        }

    assert gaps(after) == set()
    assert gaps(after) <= gaps(before)
