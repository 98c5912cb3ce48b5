"""What image analysis takes from one page besides its lines."""

from __future__ import annotations

from schemas.base import Frozen
from schemas.reading import Code, Seal, SignaturePlace, TickBox


class Marks(Frozen):
    """The marks of one upright page. Boxes are page fractions."""

    seals: tuple[Seal, ...] = ()
    signature_places: tuple[SignaturePlace, ...] = ()
    tick_boxes: tuple[TickBox, ...] = ()
    codes: tuple[Code, ...] = ()
    foot: SignaturePlace | None = None
