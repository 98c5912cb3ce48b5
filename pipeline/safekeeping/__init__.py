"""Safekeeping (备份): copies of all that cannot be made again, and the proof that nothing was changed."""

from pipeline.safekeeping.backing_up import BackedUp, back_up
from pipeline.safekeeping.restoring import Restored, restore
from pipeline.safekeeping.verifying import Verification, check_backup, verify_against, verify_office

__all__ = [
    "BackedUp",
    "Restored",
    "Verification",
    "back_up",
    "check_backup",
    "restore",
    "verify_against",
    "verify_office",
]
