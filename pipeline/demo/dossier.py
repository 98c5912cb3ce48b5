"""Which papers a complete closing file holds, in order (Guangdong)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from pipeline.demo.blocks import Paper
from pipeline.demo.papers import closing, exhibits, office, organ, party, records, trust, work
from pipeline.demo.story import Story
from schemas.case import Stage

Builder = Callable[[Story], Paper]


def _exhibit(index: int) -> Builder:
    def build(story: Story) -> Paper:
        return exhibits.exhibits(story)[index]

    return build


def _basis(story: Story) -> Paper:
    """What shows the matter already at the application; the same sheet could be evidence."""
    paper = exhibits.exhibits(story)[0]
    return replace(paper, type="case_basis", also=tuple(sorted({*paper.also, "evidence"} - {"case_basis"})))


def _means(story: Story) -> Builder:
    if story.labour:
        return party.wage_note if story.matter.cause == "追索劳动报酬" else party.low_income_card
    return party.low_income_card if not story.criminal and story.running % 2 else party.means_statement


def _head(story: Story) -> list[Builder]:
    if story.notified:
        return [
            organ.defence_notice, office.approval_form, office.assignment_notice, office.official_letter, office.letter_receipt,
        ]  # fmt: skip
    basis = [organ.coercive_measure] if story.criminal else [_basis]
    return [
        party.application_form, party.identity_document, _means(story), *basis, office.materials_receipt,
        office.approval_form, office.grant_decision, office.grant_receipt, office.assignment_notice, office.official_letter,
        trust.representation_agreement,
    ]  # fmt: skip


def _investigation(story: Story) -> list[Builder]:
    papers = [records.first_meeting]
    if story.custody:
        papers = [
            trust.firm_letter,
            organ.coercive_measure,
            records.first_meeting,
            records.family_contact_record,
            work.bail_motion,
        ]
    return [*papers, closing.no_investigation, work.advocacy_statement, organ.transfer_note]


def _prosecution(story: Story) -> list[Builder]:
    plea = [organ.plea_affidavit] if story.plea else []
    return [
        organ.prosecution_opinion, records.file_review_note, records.first_meeting, records.second_meeting,
        closing.no_investigation, *plea, work.advocacy_statement, organ.indictment,
    ]  # fmt: skip


def _trial(story: Story) -> list[Builder]:
    plea = [organ.plea_affidavit] if story.plea else []
    forgiven = [work.forgiveness] if any("谅解" in each for each in story.matter.arguments) else []
    return [
        organ.indictment, records.file_review_note, records.first_meeting, records.second_meeting, closing.no_investigation,
        *plea, organ.hearing_notice, work.hearing_outline, records.hearing_record, *forgiven, work.advocacy_statement,
        work.outcome_document, organ.outcome_receipt, records.post_outcome_advice,
    ]  # fmt: skip


def _dispute(story: Story) -> list[Builder]:
    more = [_exhibit(index) for index in range(1, len(exhibits.exhibits(story)))]
    return [
        records.first_talk, work.pleading, organ.case_acceptance_notice, work.evidence_list, *more, organ.hearing_notice,
        work.hearing_outline, records.hearing_record, work.advocacy_statement, work.outcome_document, organ.outcome_receipt,
        records.post_outcome_advice,
    ]  # fmt: skip


def _body(story: Story) -> list[Builder]:
    if not story.criminal:
        return _dispute(story)
    return {Stage.INVESTIGATION: _investigation, Stage.PROSECUTION: _prosecution}.get(
        story.stage or Stage.TRIAL_FIRST, _trial
    )(story)


def builders(story: Story) -> list[Builder]:
    """The papers between contents list and volume note, in the order of the standard."""
    trusted: list[Builder] = [trust.power_of_attorney]
    if story.notified:
        trusted.append(trust.acceptance_confirmation)
    visit = [closing.return_visit] if story.running % 2 else []
    tail = [closing.progress_record, closing.closing_report, *visit]
    return [*_head(story), *trusted, trust.rights_notice, *_body(story), *tail]
