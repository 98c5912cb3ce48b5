"""The audit bench's counts in words: the figures that issue and release notes speak of."""

from __future__ import annotations

import resource

from bench.comparing import Score
from bench.readings import Pace


def share(part: int, whole: int) -> str:
    return f"{part} of {whole} ({part / whole:.1%})" if whole else f"{part} of 0"


def peak_megabytes() -> int:
    """Memory of this process and of its largest child at their peaks."""
    own, child = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return (own + child) // 1024


def _f1(right: int, missed: int, false: int) -> str:
    return f"{2 * right / (2 * right + missed + false):.4f}" if right else "0"


def table(score: Score, pace: Pace, seconds: float, files: int) -> dict[str, str]:
    """The figures: `seconds` were spent on cataloguing and auditing `files` files."""
    return {**_pages(score), **_findings(score), **_values(score), **_decisions(score), **_time(pace, seconds, files)}


def _pages(score: Score) -> dict[str, str]:
    n = score.counts
    return {
        "page types right": share(n["pages_right"], n["pages"]),
        "page types wrong with confidence": str(n["pages_wrong_confident"]),
        "page types not sure": share(n["pages_uncertain"], n["pages"]),
        "boundaries of papers, F1": _f1(n["boundaries_right"], n["boundaries_missed"], n["boundaries_false"]),
    }


def _findings(score: Score) -> dict[str, str]:
    n = score.counts
    missing = n["missing_found_certain"] + n["missing_found_uncertain"] + n["missing_missed"]
    defects = n["defect_found_certain"] + n["defect_found_uncertain"] + n["defect_missed"]
    wrong = n["missing_wrong_certain"]
    return {
        "missing papers found": share(missing - n["missing_missed"], missing),
        "missing papers found, certain": share(n["missing_found_certain"], missing),
        "missing papers found, uncertain": str(n["missing_found_uncertain"]),
        "missing papers not found": str(n["missing_missed"]),
        "papers wrongly called missing, certain": str(wrong),
        "papers wrongly called missing, uncertain": str(n["missing_wrong_uncertain"]),
        "of certain claims that a paper is missing, wrong": share(wrong, wrong + n["missing_found_certain"]),
        "other defects found": share(defects - n["defect_missed"], defects),
        "other defects found, certain": share(n["defect_found_certain"], defects),
        "other defects found, uncertain": str(n["defect_found_uncertain"]),
        "other defects not found": str(n["defect_missed"]),
        "other findings without a defect, certain": str(n["finding_wrong_certain"]),
        "other findings without a defect, uncertain": str(n["finding_wrong_uncertain"]),
        "notes without a defect": str(n["note_wrong_certain"] + n["note_wrong_uncertain"]),
    }


def _values(score: Score) -> dict[str, str]:
    n = score.counts
    read = n["fields_right"] + n["fields_wrong_confident"]
    return {
        "fields read": share(read, n["fields"]),
        "fields uncertain": share(n["fields_uncertain"], n["fields"]),
        "fields wrong with confidence": str(n["fields_wrong_confident"]),
        "fields wrong with confidence, of 1000": f"{1000 * n['fields_wrong_confident'] / max(1, read):.1f}",
        "case kind, stage, origin right": share(n["case_right"], n["case"]),
        "case kind, stage, origin wrong": str(n["case_wrong"]),
        "case fields right": share(n["case_fields_right"], n["case_fields"]),
        "case fields wrong with confidence": str(n["case_fields_wrong_confident"]),
        "marks there and found": share(n["marks_found_right"], n["marks_found"]),
        "marks there but called missing": str(n["marks_found_wrong"]),
        "marks not there and so called": share(n["marks_missing_right"], n["marks_missing"]),
        "marks not there but called found": str(n["marks_missing_wrong"]),
    }


def _decisions(score: Score) -> dict[str, str]:
    n = score.counts
    return {
        "complete files payable": share(n["complete_payable"], n["complete"]),
        "complete files wrongly blocked": str(n["complete_blocked"]),
        "complete files undetermined": share(n["complete_undetermined"], n["complete"]),
        "questions a complete file": f"{n['complete_questions'] / max(1, n['complete']):.2f}",
        "files with a blocking defect blocked": share(n["blocking_blocked"], n["blocking"]),
        "files with a blocking defect undetermined": share(n["blocking_undetermined"], n["blocking"]),
        "files with a blocking defect called payable": str(n["blocking_payable"]),
        "files blocked without a blocking defect": str(n["unblocking_blocked"] + n["complete_blocked"]),
        "files undetermined": share(n["files_undetermined"], n["files"]),
    }


def _time(pace: Pace, seconds: float, files: int) -> dict[str, str]:
    spent = f"{pace.reading / pace.pages:.2f}" if pace.pages else "readings were kept"
    return {
        "pages read, and readings that were there": f"{pace.pages} and {pace.shared}",
        "pages that could not be read": str(pace.unread),
        "seconds of the wall to read a page": spent,
        "milliseconds to catalogue and audit a file": f"{1000 * seconds / max(1, files):.0f}",
        "peak memory, MB": str(peak_megabytes()),
    }
