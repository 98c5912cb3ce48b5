"""Every sort of case that the generator can tell, and an office for each."""

from pipeline.demo import STYLES
from pipeline.demo.proceedings import HELPED, PROCEEDINGS
from schemas.case import Kind, Origin


def _origins(kind):
    if kind is Kind.CRIMINAL_DEFENCE:
        return (Origin.APPLIED, Origin.NOTIFIED, Origin.TRANSFERRED)
    return (Origin.NOTIFIED,) if kind in HELPED else (Origin.APPLIED,)


SORTS = [(kind, stage, origin) for kind, stage in PROCEEDINGS for origin in _origins(kind)]
ALL = [(sort, list(STYLES)[index % len(STYLES)]) for index, sort in enumerate(SORTS)]
