"""The desk: the running office. Inbox to registry to outbox, again and again, whatever happens in between."""

from pipeline.desk.desk import Desk
from pipeline.desk.papers import write_drafts
from pipeline.desk.running import run_desk

__all__ = ["Desk", "run_desk", "write_drafts"]
