"""Intake (收卷): is it all there yet, what is in it, keep the original safe."""

from pipeline.intake.completeness import looks_complete
from pipeline.intake.hashing import sha256_of
from pipeline.intake.holding import is_held
from pipeline.intake.mounts import mount_point, on_network
from pipeline.intake.names import is_clutter, natural_key, readable_name
from pipeline.intake.originals import clear_staging, discard, is_kept, keep_original
from pipeline.intake.settling import Drop, Settling, find_drops, find_unfinished
from pipeline.intake.sniffing import Sort, sniff
from pipeline.intake.taking import hash_path, take_in

__all__ = [
    "Drop",
    "Settling",
    "Sort",
    "clear_staging",
    "discard",
    "find_drops",
    "find_unfinished",
    "hash_path",
    "is_clutter",
    "is_held",
    "is_kept",
    "keep_original",
    "looks_complete",
    "mount_point",
    "natural_key",
    "on_network",
    "readable_name",
    "sha256_of",
    "sniff",
    "take_in",
]
