"""The desk: the running office. Inbox to registry to outbox, again and again, whatever happens in between."""

from pipeline.desk.desk import Desk
from pipeline.desk.entering import read_sheet, register_rows
from pipeline.desk.papers import write_drafts
from pipeline.desk.running import run_desk

__all__ = ["Desk", "read_sheet", "register_rows", "run_desk", "write_drafts"]
