"""Intake (收卷): is it all there yet, what is in it, keep the original safe."""

from pipeline.intake.completeness import looks_complete
from pipeline.intake.hashing import sha256_of
from pipeline.intake.names import natural_key
from pipeline.intake.originals import is_kept, keep_original
from pipeline.intake.settling import Drop, Settling, find_drops
from pipeline.intake.taking import hash_path, take_in

__all__ = [
    "Drop",
    "Settling",
    "find_drops",
    "hash_path",
    "is_kept",
    "keep_original",
    "looks_complete",
    "natural_key",
    "sha256_of",
    "take_in",
]
