"""Drafting (制文): the letters that the office has to write about an audited closing file, as Word documents."""

from __future__ import annotations

from pipeline.drafting.letters import draft

__all__ = ["draft"]
