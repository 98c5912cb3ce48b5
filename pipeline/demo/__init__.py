"""Sample closing files (样卷): invented cases told in the papers of invented offices, with their truth.

story ─ papers ─ typesetting ─ drawing ─ scanner ─ PDF, folder or ZIP
   └─ defects ┘                                └─ truth
"""

from pipeline.demo.rendering import Scan, render
from pipeline.demo.sample import SampleCase, make_case, truth_of
from pipeline.demo.samples import Written, make_samples
from pipeline.demo.styles import STYLES
from pipeline.demo.truth import Truth
from pipeline.demo.writing import write_folder, write_pdf, write_truth, write_zip

__all__ = [
    "STYLES",
    "SampleCase",
    "Scan",
    "Truth",
    "Written",
    "make_case",
    "make_samples",
    "render",
    "truth_of",
    "write_folder",
    "write_pdf",
    "write_truth",
    "write_zip",
]
