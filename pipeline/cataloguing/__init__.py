"""编目: pages to papers, papers to fields and marks, fields to case facts.

`catalogue(pages, known) -> Volume` is the front door; `sort_pages` and `catalogue_sorted` are its two halves, for whoever
catalogues the same pages again as more of the case gets known; `explain(volume, page)` says in Chinese why a page was put where
it is; `passages(volume)` gives what its papers say of the case; `supplemented(volume, since)` lets what was handed in
later take the place of what it replaces.
"""

from pipeline.cataloguing.explaining import explain
from pipeline.cataloguing.quoting import passages
from pipeline.cataloguing.superseding import supplemented
from pipeline.cataloguing.volume import SortedPages, catalogue, catalogue_sorted, sort_pages

__all__ = ["SortedPages", "catalogue", "catalogue_sorted", "explain", "passages", "sort_pages", "supplemented"]
