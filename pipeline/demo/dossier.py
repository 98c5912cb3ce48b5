"""Which papers a complete closing file holds, in order (Guangdong)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from pipeline.demo.blocks import Paper
from pipeline.demo.papers import (
    charges,
    closing,
    duty,
    exhibits,
    hearings,
    judgments,
    office,
    organ,
    party,
    pleadings,
    records,
    trust,
    work,
)
from pipeline.demo.story import Story
from schemas.case import Kind, Origin, Stage

Builder = Callable[[Story], Paper]


def _exhibit(index: int) -> Builder:
    def build(story: Story) -> Paper:
        return exhibits.exhibits(story)[index]

    return build


def _basis(story: Story) -> Paper:
    """What shows the matter already at the application; the same sheet could be evidence."""
    paper = exhibits.exhibits(story)[0]
    return replace(paper, type="case_basis", also=tuple(sorted({*paper.also, "evidence"} - {"case_basis"})))


def _case_basis(story: Story) -> Builder:
    if story.criminal:
        return organ.coercive_measure
    if story.injured:
        return charges.filing_notice
    return organ.disputed_act if story.class_ == "行" else _basis


def _means(story: Story) -> Builder:
    if story.kind in {Kind.LABOUR_ARBITRATION, Kind.NON_LITIGATION}:
        return party.wage_note if story.matter.cause == "追索劳动报酬" else party.low_income_card
    return party.low_income_card if story.class_ == "民" and story.running % 2 else party.means_statement


def _head(story: Story) -> list[Builder]:
    """What the office needed to take the case, up to its letter to the organ."""
    if story.notified:
        return [
            organ.defence_notice, office.approval_form, office.assignment_notice, office.official_letter, office.letter_receipt,
        ]  # fmt: skip
    transfer = [organ.transfer_letter] if story.origin is Origin.TRANSFERRED else []
    letter = [] if story.kind is Kind.NON_LITIGATION else [office.official_letter]
    return [
        party.application_form, party.identity_document, *transfer, _means(story), _case_basis(story), office.materials_receipt,
        office.approval_form, office.grant_decision, office.grant_receipt, office.assignment_notice, *letter,
        trust.representation_agreement,
    ]  # fmt: skip


def _guarded(story: Story) -> list[Builder]:
    """What a minor's file holds besides."""
    return [charges.guardian_notice] if story.minor else []


def _heard(story: Story) -> list[Builder]:
    """The papers of the hearing, or why there are none."""
    return (
        [organ.hearing_notice, work.hearing_outline, hearings.hearing_record] if story.heard else [closing.no_hearing]
    )


def _investigation(story: Story) -> list[Builder]:
    papers = [records.first_meeting, *([records.family_contact_record] if story.minor else [])]
    if story.custody:
        measure = [organ.coercive_measure] if story.notified else []
        papers = [
            trust.firm_letter, *measure, records.first_meeting, records.family_contact_record, work.bail_motion,
        ]  # fmt: skip
    return [*papers, closing.no_investigation, *_guarded(story), work.advocacy_statement, charges.transfer_note]


def _prosecution(story: Story) -> list[Builder]:
    plea = [charges.plea_affidavit] if story.plea else []
    return [
        charges.prosecution_opinion, records.file_review_note, records.first_meeting, records.second_meeting,
        closing.no_investigation, *plea, *_guarded(story), work.advocacy_statement, charges.indictment,
    ]  # fmt: skip


def _trial(story: Story) -> list[Builder]:
    plea = [charges.plea_affidavit] if story.plea else []
    forgiven = [work.forgiveness] if any("谅解" in each for each in story.matter.arguments) else []
    return [
        charges.indictment, records.file_review_note, records.first_meeting, records.second_meeting, closing.no_investigation,
        *plea, *_heard(story), *_guarded(story), *forgiven, work.advocacy_statement,
        judgments.outcome_document, organ.outcome_receipt, records.post_outcome_advice,
    ]  # fmt: skip


def _second_trial(story: Story) -> list[Builder]:
    """Second instance and retrial of a criminal case: what is attacked, then as in the first instance."""
    again = story.stage is Stage.RETRIAL
    begun = [judgments.retrial_decision] if again else [judgments.earlier_judgment, pleadings.criminal_appeal]
    return [
        *begun, records.file_review_note, records.first_meeting, records.second_meeting, closing.no_investigation,
        *_heard(story), work.advocacy_statement, judgments.outcome_document, organ.outcome_receipt,
    ]  # fmt: skip


def _death_review(story: Story) -> list[Builder]:
    del story
    return [
        judgments.earlier_judgment, judgments.second_ruling, records.file_review_note, records.first_meeting,
        closing.no_investigation, work.discussion_record, work.advocacy_statement, judgments.review_ruling,
    ]  # fmt: skip


def _injured(story: Story) -> list[Builder]:
    """A victim's representation while the procuratorate examines the case."""
    del story
    return [
        records.first_talk, charges.prosecution_opinion, records.file_review_note, work.advocacy_statement, charges.indictment,
    ]  # fmt: skip


def _injured_trial(story: Story) -> list[Builder]:
    joined = [pleadings.pleading] if story.kind is Kind.CRIMINAL_CIVIL else []
    losses = [work.evidence_list, exhibits.invoice_page] if joined else []
    return [
        records.first_talk, *joined, charges.indictment, records.file_review_note, *losses, organ.hearing_notice,
        hearings.hearing_record, work.advocacy_statement, judgments.outcome_document, organ.outcome_receipt,
        records.post_outcome_advice,
    ]  # fmt: skip


def _dispute(story: Story) -> list[Builder]:
    """Civil and administrative cases and arbitration, at every instance."""
    shown = 0 if story.class_ == "行" else 1
    more = [_exhibit(index) for index in range(shown, len(exhibits.exhibits(story)))]
    before: list[Builder] = []
    if story.stage in {Stage.TRIAL_SECOND, Stage.RETRIAL}:
        before, more = [judgments.earlier_judgment], []
    review = [records.file_review_note] if story.proceeding.reviewed else []
    return [
        records.first_talk, *before, pleadings.pleading, organ.case_acceptance_notice, *review, work.evidence_list, *more,
        *_heard(story), work.advocacy_statement, judgments.outcome_document, organ.outcome_receipt,
        records.post_outcome_advice,
    ]  # fmt: skip


def _reconsideration(story: Story) -> list[Builder]:
    del story
    return [
        records.first_talk, pleadings.pleading, organ.case_acceptance_notice, work.evidence_list, work.advocacy_statement,
        judgments.outcome_document, organ.outcome_receipt,
    ]  # fmt: skip


def _non_litigation(story: Story) -> list[Builder]:
    more = [_exhibit(index) for index in range(1, len(exhibits.exhibits(story)))]
    return [records.first_talk, pleadings.pleading, work.evidence_list, *more, judgments.mediation_agreement]


def _enforcement(story: Story) -> list[Builder]:
    del story
    return [
        records.first_talk, judgments.earlier_judgment, pleadings.pleading, organ.case_acceptance_notice,
        judgments.enforcement_ruling, organ.outcome_receipt,
    ]  # fmt: skip


BODIES: dict[tuple[Kind, Stage | None], Callable[[Story], list[Builder]]] = {
    (Kind.CRIMINAL_DEFENCE, Stage.INVESTIGATION): _investigation,
    (Kind.CRIMINAL_DEFENCE, Stage.PROSECUTION): _prosecution,
    (Kind.CRIMINAL_DEFENCE, Stage.TRIAL_FIRST): _trial,
    (Kind.CRIMINAL_DEFENCE, Stage.TRIAL_SECOND): _second_trial,
    (Kind.CRIMINAL_DEFENCE, Stage.RETRIAL): _second_trial,
    (Kind.CRIMINAL_DEFENCE, Stage.DEATH_REVIEW): _death_review,
    (Kind.CRIMINAL_REPRESENTATION, Stage.PROSECUTION): _injured,
    (Kind.CRIMINAL_REPRESENTATION, Stage.TRIAL_FIRST): _injured_trial,
    (Kind.CRIMINAL_CIVIL, Stage.TRIAL_FIRST): _injured_trial,
    (Kind.ADMINISTRATIVE_RECONSIDERATION, None): _reconsideration,
    (Kind.NON_LITIGATION, None): _non_litigation,
    (Kind.ENFORCEMENT, None): _enforcement,
}


def _help(story: Story) -> list[Builder]:
    """A duty lawyer's small file; some offices keep the running list in it."""
    plea = [charges.plea_affidavit] if story.kind is Kind.PLEA_HELP else []
    ledger = [duty.help_ledger] if story.running % 3 == 0 else []
    return [duty.help_notice, records.help_talk, *plea, duty.help_register, *ledger]


def _drafting(story: Story) -> list[Builder]:
    asked = duty.consultation_register if story.running % 2 else party.application_form
    return [
        asked,
        party.identity_document,
        records.first_talk,
        pleadings.pleading,
        duty.delivery_receipt,
        duty.completion_note,
    ]


def builders(story: Story) -> list[Builder]:
    """The papers between contents list and volume note, in the order of the standard."""
    if story.helped:
        return _help(story)
    if story.kind is Kind.DRAFTING:
        return _drafting(story)
    trusted: list[Builder] = [trust.power_of_attorney]
    if story.notified and not story.told_only:
        trusted.append(trust.acceptance_confirmation)
    visit = [closing.return_visit] if story.running % 2 else []
    tail = [closing.progress_record, closing.closing_report, *visit]
    body = BODIES.get((story.kind, story.stage), _dispute)
    return [*_head(story), *trusted, trust.rights_notice, *body(story), *tail]
