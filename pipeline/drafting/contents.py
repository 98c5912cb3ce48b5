"""The contents list (卷内目录) that is bound in front of the papers: the same lines, order and page numbers as the archive copy.

The audit goes by the pages of the scan; this list goes by the order in which the volume is filed. Where the two differ,
each line says where its pages lie in the scan, so that the papers can be put into that order.
"""

from __future__ import annotations

from pipeline.drafting.rendering import Row, Values
from pipeline.drafting.wording import case_value, page_numbers, value_text
from schemas.arrangement import UNNUMBERED, ArrangedVolume, arranged
from schemas.base import State
from schemas.contents import ContentsLine, contents_lines
from schemas.draft import Office
from schemas.report import AuditReport


def contents_values(report: AuditReport, office: Office, volume: ArrangedVolume) -> Values:
    """The placeholders of `卷内目录.docx` for one volume of the file."""
    moved = _is_moved(volume)
    rows = [_row(line, moved=moved) for line in contents_lines(report, volume, office.name)]
    return {
        "机构名称": office.name,
        "分卷": volume.title,
        "案件编号": value_text(case_value(report, "case_number")),
        "受援人": value_text(case_value(report, "recipient_name")),
        "卷内页数": str(volume.numbered),
        "卷内文件": rows,
        "次序不同": moved,
        "有待核页面": any("待核" in row["备注"] for row in rows) or _doubtful_numbering(report),
    }


def _is_moved(volume: ArrangedVolume) -> bool:
    """Whether the volume is not in the order of the scan."""
    scan = [page.scan_page for page in volume.pages]
    return scan != sorted(scan)


def _row(line: ContentsLine, *, moved: bool) -> Row:
    scanned = f"扫描件第{page_numbers(line.scan_pages)}页" if moved and line.scan_pages else ""
    return {
        "序号": line.number,
        "文号": line.reference,
        "责任者": line.author,
        "题名": line.title,
        "日期": line.date,
        "页号": line.pages,
        "备注": "；".join(part for part in (line.remark, scanned) if part),
    }


def _doubtful_numbering(report: AuditReport) -> bool:
    return any(document.type in UNNUMBERED and document.state is not State.FOUND for document in report.documents)


def numbered_text(report: AuditReport) -> str:
    """How many pages bear a number (卷内页数), without the unit; of each volume where there are several."""
    volumes = arranged(report)
    if len(volumes) == 1:
        return str(volumes[0].numbered)
    return "页、".join(f"{volume.title}{volume.numbered}" for volume in volumes) or "0"
