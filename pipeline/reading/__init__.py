"""Reading (识读): pages in; lines of text, seals, signatures, tick boxes and codes, turned upright, out."""

from __future__ import annotations

from pipeline.reading.engine import Engine, RawLine
from pipeline.reading.engines import engine_name, load_engine
from pipeline.reading.overlay import draw_overlay, overlay_page
from pipeline.reading.page import read_page
from pipeline.reading.page_image import PageImage, turned
from pipeline.reading.reader import Reader
from pipeline.reading.sources import count_pages, open_page

__all__ = [
    "Engine",
    "PageImage",
    "RawLine",
    "Reader",
    "count_pages",
    "draw_overlay",
    "engine_name",
    "load_engine",
    "open_page",
    "overlay_page",
    "read_page",
    "turned",
]
