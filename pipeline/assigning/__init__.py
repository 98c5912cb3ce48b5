"""Assigning (指派): the cases as registered, the roster, the choice of a lawyer, and the numbers of letters."""

from __future__ import annotations

from pipeline.assigning.applications import application_of, proposed_draft
from pipeline.assigning.choosing import demand_permitted, despite, meant, objection_text
from pipeline.assigning.columns import COLUMNS
from pipeline.assigning.proposing import case_remarks, late_remark, propose
from pipeline.assigning.registration_changes import (
    change_text,
    changes_between,
    corrected,
    file_changes,
    numbered_apart,
    said_changes,
    shown,
    values_of,
)
from pipeline.assigning.registration_differences import difference_text
from pipeline.assigning.registration_reading import read_registration_workbook
from pipeline.assigning.registration_results import result_workbook
from pipeline.assigning.registration_workbook import proposed_workbook, registration_template
from pipeline.assigning.registrations import GivenCase, read_registrations
from pipeline.assigning.relations import related_cases, words_of
from pipeline.assigning.roster_changes import RosterChanges, called, roster_changes
from pipeline.assigning.roster_reading import RosterSheet, read_roster
from pipeline.assigning.roster_workbook import roster_template, roster_workbook
from pipeline.assigning.weighing import Caseload

__all__ = [
    "COLUMNS",
    "Caseload",
    "GivenCase",
    "RosterChanges",
    "RosterSheet",
    "application_of",
    "called",
    "case_remarks",
    "change_text",
    "changes_between",
    "corrected",
    "demand_permitted",
    "despite",
    "difference_text",
    "file_changes",
    "late_remark",
    "meant",
    "numbered_apart",
    "objection_text",
    "propose",
    "proposed_draft",
    "proposed_workbook",
    "read_registration_workbook",
    "read_registrations",
    "read_roster",
    "registration_template",
    "related_cases",
    "result_workbook",
    "roster_changes",
    "roster_template",
    "roster_workbook",
    "said_changes",
    "shown",
    "values_of",
    "words_of",
]
