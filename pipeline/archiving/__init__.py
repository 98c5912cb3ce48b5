"""Archiving (归档): the archive copy of a closing file, one PDF/A a volume."""

from __future__ import annotations

from pipeline.archiving.pages import Opened, Opener
from pipeline.archiving.writing import Closed, HandedIn, Manner, write_archive

__all__ = ["Closed", "HandedIn", "Manner", "Opened", "Opener", "write_archive"]
