"""Writes every Word template that comes with the program into `templates/`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from docx.document import Document as WordDocument

from pipeline.drafting.templating.assignment_letters import ASSIGNMENT_LETTERS
from pipeline.drafting.templating.assignment_papers import ASSIGNMENT_PAPERS
from pipeline.drafting.templating.audit_papers import AUDIT_PAPERS
from pipeline.drafting.templating.later_papers import LATER_PAPERS
from pipeline.drafting.templating.mandates import MANDATES
from pipeline.drafting.templating.reminder_papers import REMINDER_PAPERS
from pipeline.drafting.templating.styles import save_letter
from pipeline.drafting.templating.subsidy_papers import SUBSIDY_PAPERS
from pipeline.drafting.templating.summary_papers import SUMMARY_PAPERS
from pipeline.drafting.templating.volume_papers import VOLUME_PAPERS
from schemas.draft import DRAFT_TITLES, DraftKind

FOLDER = Path(__file__).resolve().parents[3] / "templates"

BUILDERS: dict[DraftKind, Callable[[], WordDocument]] = {
    **ASSIGNMENT_PAPERS,
    **ASSIGNMENT_LETTERS,
    **MANDATES,
    **LATER_PAPERS,
    **AUDIT_PAPERS,
    **REMINDER_PAPERS,
    **SUBSIDY_PAPERS,
    **VOLUME_PAPERS,
    **SUMMARY_PAPERS,
}
"""Every paper that the program drafts, and what builds its template."""


def main(folder: Path = FOLDER) -> None:
    """Builds every template into `folder`."""
    folder.mkdir(exist_ok=True)
    for kind, build in BUILDERS.items():
        save_letter(build(), folder / f"{DRAFT_TITLES[kind]}.docx")


if __name__ == "__main__":
    main()
