"""Assigning (指派): the cases as registered, the roster, the choice of a lawyer, and the numbers of letters."""

from __future__ import annotations

from pipeline.assigning.choosing import demand_permitted, despite, meant, objection_text
from pipeline.assigning.proposing import case_remarks, propose
from pipeline.assigning.roster_changes import RosterChanges, called, roster_changes
from pipeline.assigning.roster_reading import RosterSheet, read_roster
from pipeline.assigning.roster_workbook import roster_template, roster_workbook
from pipeline.assigning.weighing import Caseload

__all__ = [
    "Caseload",
    "RosterChanges",
    "RosterSheet",
    "called",
    "case_remarks",
    "demand_permitted",
    "despite",
    "meant",
    "objection_text",
    "propose",
    "read_roster",
    "roster_changes",
    "roster_template",
    "roster_workbook",
]
