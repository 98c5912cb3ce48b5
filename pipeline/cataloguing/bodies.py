"""What else a paper states (机构、案由、编号、阶段): firm, organ, cause, numbers, stage."""

# ruff: noqa: PLR2004 - weights and thresholds are measures of this module, explained where they stand

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache

from pipeline.cataloguing.cells import Cell, labelled
from pipeline.cataloguing.institutions import Institution, find_firms, find_organs
from pipeline.cataloguing.layout import PageView
from pipeline.cataloguing.names import HANZI
from pipeline.cataloguing.numbers import NumberHit, find_numbers
from pipeline.cataloguing.readings import Reading, reading
from pipeline.cataloguing.tables import table
from pipeline.cataloguing.wordings import Wording, wording
from schemas.base import Box
from schemas.case import Stage

_CRIME = wording(
    rf"(?:涉嫌|犯(?!罪)|指控.{{0,12}}犯(?!罪)|构成(?!犯罪))((?:[{HANZI}]|[、()]){{2,24}}?罪)(?=一案|[,。;、:)]|罪名|$|[^{HANZI}]|的|向|于|被|提起|移送|，)"
)
_SUSPECTED = wording(rf"涉嫌([{HANZI}、]{{2,18}}?)(?=一案|案[,。;、:)]|案件|[,。;:)]|被|于|$)")
_DISPUTE = wording(
    rf"(?:因|与.{{2,30}}?(?:公司|厂|店|局|中心|部|院|[{HANZI}]{{2,3}})(?:之间)?(?:的)?)?((?:[{HANZI}]|、){{2,18}}?(?:纠纷|争议))(?=一案|案|[,。;、:)]|$|的)"
)
_STAGE_WORDS: tuple[tuple[re.Pattern[str], Stage], ...] = (
    (re.compile(r"死刑复核"), Stage.DEATH_REVIEW),
    (re.compile(r"审查起诉|审查批捕|检察阶段"), Stage.PROSECUTION),
    (re.compile(r"侦查"), Stage.INVESTIGATION),
    (re.compile(r"再审|审判监督|重审"), Stage.RETRIAL),
    (re.compile(r"二审|上诉审"), Stage.TRIAL_SECOND),
    (re.compile(r"一审|第一审"), Stage.TRIAL_FIRST),
)
_TRIAL = re.compile(r"审判阶段|审理阶段|法院阶段|审判")
_POA_STAGE = wording(
    r"(?:至|到|自.{0,12}至)(?:本案)?([\u4e00-\u9fff()]{2,14}?)(?:阶段|程序|审理|诉讼)?(?:结束|终结|终止|完毕|止)"
)
_STAGE_PHRASE = wording(r"(侦查|审查起诉|一审|二审|再审|死刑复核|审判)(?:阶段?|程序|审判阶段)(?!层)")
_CHOICE_BEFORE = re.compile(r"(?:侦查|审查起诉|一审|二审|再审|死刑复核)(?:阶段)?[\W_口]{0,3}$")
"""What stands before the last of several stages to be ticked, whose boxes are read or not: `□一审 二审再审阶段的辩护人`."""


@cache
def _labels(field: str) -> tuple[Wording, ...]:
    return tuple(map(wording, table("fields")[field]["labels"]))


@cache
def _types(field: str, key: str) -> frozenset[str]:
    return frozenset(table("fields")[field].get(key, ()))


def read_firms(views: tuple[PageView, ...]) -> list[Reading]:
    """Firms of the paper: at a label, else as they stand in the text."""
    found: list[Reading] = []
    for view in views:
        for label in _labels("firm_name"):
            for cell in labelled(view, label):
                found.extend(_at(view, cell, firm) for firm in find_firms(cell.text)[:1])
        for firm in find_firms(view.text):
            box, score = view.locate(firm.start, firm.end)
            found.append(reading(view, firm.name, box, score, formed=6 <= len(firm.name) <= 24, weight=0.8))
    return found


def _at(view: PageView, cell: Cell, body: Institution) -> Reading:
    """A body named beside its label."""
    return reading(view, body.name, cell.box, cell.score, formed=body.formed, weight=1.0, handwritten=cell.handwritten)


def read_organs(type_: str, views: tuple[PageView, ...]) -> list[Reading]:
    """The organ that handles the case, as the paper names it: its issuer, its addressee, or at a label."""
    found: list[Reading] = []
    for view in views:
        for label in _labels("organ_name"):
            for cell in labelled(view, label):
                found.extend(_at(view, cell, organ) for organ in find_organs(cell.text)[:1])
    first = views[0]
    issued, addressed = _types("organ_name", "issued"), _types("organ_name", "addressed")
    if type_ not in issued and type_ not in addressed:
        return found
    wanted = _addressed_organ(views) if type_ in addressed and type_ != "indictment" else None
    if wanted is not None:
        return [wanted, *found]
    organs = [organ for organ in find_organs(first.text) if "看守所" not in organ.name]
    for organ in organs[:1] if type_ in issued else ():
        box, score = first.locate(organ.start, organ.end)
        found.append(reading(first, organ.name, box, score, formed=organ.formed, weight=0.9))
    return found


def _addressed_organ(views: tuple[PageView, ...]) -> Reading | None:
    """`此致 ××人民法院`, or the line `××人民法院：` under the title."""
    for view in reversed(views):
        at = view.folded.rfind("此致")
        for organ in find_organs(view.text[at + 2 : at + 40])[:1] if at >= 0 else ():
            box, score = view.locate(at + 2 + organ.start, at + 2 + organ.end)
            return reading(view, organ.name, box, score, formed=organ.formed, weight=0.9)
    for row in views[0].rows[1:8]:
        for organ in find_organs(row[0].text)[:1] if row[0].text.endswith(":") else ():
            return reading(views[0], organ.name, row[0].box, row[0].score, formed=organ.formed, weight=0.9)
    return None


_TREATMENT = "强制医疗"
"""What a case about compulsory treatment is called; every notice's form has the word among its grounds, to be ticked."""


@cache
def _named_causes() -> re.Pattern[str]:
    """The names of charges and causes, longest first; a charge must be called a crime, be suspected, or be tried (`盗窃一案`)."""
    data = table("causes")
    charges = "|".join(re.escape(name) for name in sorted(data["charges"], key=len, reverse=True))
    causes = "|".join(re.escape(name) for name in sorted(data["causes"], key=len, reverse=True))
    firsts = "".join(sorted({name[0] for name in (*data["charges"], *data["causes"])}))
    return re.compile(
        rf"(?=[{firsts}涉])(?:(?P<charge>(?:{charges})罪)|涉嫌(?P<suspected>{charges})(?!罪)|"
        rf"(?P<tried>{charges})(?=一案|案[,。;、()]|案件)|(?P<cause>{causes}))|(?P<treatment>{_TREATMENT})(?=一案)"
    )


def _by_name(view: PageView) -> list[Reading]:
    """The first charge or cause that the page calls by name."""
    match = _named_causes().search(view.text)
    if match is None:
        return []
    group = match.lastgroup or "cause"
    box, score = view.locate(match.start(group), match.end(group))
    return [
        reading(
            view, match.group(group), box, score, formed=True, weight=0.7 if group in ("suspected", "tried") else 0.9
        )
    ]


_COMPENSATION = re.compile(r"赔偿请求人|赔偿义务机关|国家赔偿申请|(?<!有权)申请国家赔偿|国家赔偿.?一案")
"""Words of a claim against the state for what was suffered under a charge: the charge is not its cause."""


def claims_compensation(views: tuple[PageView, ...]) -> bool:
    """Whether the paper speaks of a claim against the state."""
    return any(_COMPENSATION.search(view.text) for view in views)


def read_causes(views: tuple[PageView, ...]) -> list[Reading]:
    """The cause of action or the charge."""
    found = []
    claimed = claims_compensation(views)
    for view in views:
        for rank, label in enumerate(_labels("cause")):
            for cell in labelled(view, label):
                value = _clean_cause(cell.text)
                if value:
                    weight = (1.0 if rank < 3 else 0.6) * (1.0 if cell.near else 0.8)
                    found.append(
                        reading(
                            view, value, cell.box, cell.score, formed=True, weight=weight, handwritten=cell.handwritten
                        )
                    )
        if claimed:
            continue
        found.extend(_by_name(view))
        for pattern, weight in ((_CRIME, 0.6), (_SUSPECTED, 0.5), (_DISPUTE, 0.45)) if not found else ():
            match = pattern.search(view.text)
            value = _clean_cause(match.group(1)) if match else ""
            if match and value:
                box, score = view.locate(match.start(1), match.end(1))
                found.append(reading(view, value, box, score, formed=True, weight=weight))
    return found


_REQUEST = re.compile(
    r"^(?:对|请|要求|准许|变更|解除)|犯罪嫌疑人|被告人|强制措施|取保候审|保全|先予执行|调取|鉴定|撤诉|撤回"
)
"""What a motion asks for at the label that names the cause elsewhere: `申请事项：对犯罪嫌疑人变更强制措施`."""
_CALLED = re.compile(r"(?:罪|纠纷|争议)$")

_SORT_OF_CRIME = re.compile(r"犯罪$")
"""`过失犯罪`, `共同犯罪`: what sort of crime it is. No charge's name ends so."""


_DOT = re.compile(rf"(?<=[{HANZI}])[.·](?=[{HANZI}])")
"""`掩饰.隐瞒犯罪所得罪`: what a poor scan leaves of the enumeration comma."""


_STROKE = re.compile(rf"(?<=[{HANZI}])[/|\\\\](?=[{HANZI}])")
"""What a pen's stroke between two letters is read as: `赡养/费纠纷`."""


def _clean_cause(text: str) -> str:
    value = re.split(r"[,。;:(]|办案|承办|受援|案件编号|援助|指派|阶段|日期|电话|申请(?:形式|类型|方式|人)", text)[0]
    value = _STROKE.sub("", _DOT.sub("、", value))
    value = re.sub(r"^(?:涉嫌|因|犯|关于|申请|与.{2,20}?(?:的))+|(?:一案|案件|案)$", "", value)
    value = re.sub(r"^.{2,24}?(?:诉|与).{2,30}?(?:公司|厂|店|局)(?:的)?", "", value)
    if not 2 <= len(value) <= 24 or re.search(r"[0-9A-Za-z]", value) or value.startswith(("及", "和", "或", "的")):
        return ""
    if (_REQUEST.search(value) and not _CALLED.search(value)) or _SORT_OF_CRIME.search(value):
        return ""
    return (
        value
        if re.search(
            r"罪|纠纷|争议|赔偿|抢|盗|骗|伤|毒|害|权|费|报酬|事故|离婚|继承|赡养|抚养|工伤|合同|许可|处罚|滋事|驾驶|经营|隐瞒|杀人|奸|贩|赌|侵|复议|认定|执行|申诉|"
            + _TREATMENT,
            value,
        )
        else ""
    )


def read_numbers(views: tuple[PageView, ...]) -> list[tuple[NumberHit, PageView]]:
    """All file and case numbers of the paper, in order."""
    return [(hit, view) for view in views for hit in _numbers_on(view)]


def _numbers_on(view: PageView) -> list[NumberHit]:
    """Numbers line by line, so that a heading above does not run into them; positions are those of the page's text."""
    found: list[NumberHit] = []
    if "号" not in view.text:
        return found
    for segment, begin in zip(view.segments, view.starts, strict=True):
        if "号" in segment.text:
            hits = find_numbers(segment.text)
            found += [hit._replace(start=hit.start + begin, end=hit.end + begin) for hit in hits]
    return found


_ANOTHERS = re.compile(r"通知|来函|来文|机关|案号|法院|检察院")
"""Labels, on a form of the office, of the number of the organ's notice or case."""


def own_number(type_: str, views: tuple[PageView, ...]) -> Reading | None:
    """The paper's own number: the first one in the upper part of its first page, before the text begins.

    A court's number is the own number of the court's papers only; other papers name it.
    """
    view = views[0]
    issued = type_ in _types("organ_name", "issued")
    for hit in _numbers_on(view):
        box, score = view.locate(hit.start, hit.end)
        row = _row_at(view, hit.start)
        before = row.partition(view.text[hit.start : hit.end])[0]
        labelled_so = any(_OWN_NUMBER.search(label) for label in (before, _heading(view, box)))
        if not issued and (hit.court or hit.arbitration or (_ANOTHERS.search(row) and not labelled_so)):
            continue
        if box[1] < 0.4 and (len(row) <= len(hit.value) + 16 or labelled_so):
            tail, known = _tail(view, hit)
            return reading(view, hit.value + tail, box, score, formed=known, weight=0.9)
        return None
    return None


_OWN_NUMBER = re.compile(r"(?:文书|公文|发文|公函|函件|决定书|通知书)(?:编|文|字)?号[:]?$|^文号[:]?$")
"""The words before a paper's own number in a form that tells the case's beside it: `文书编号 … 案件编号 …`."""
_TAIL = re.compile(
    r"(?:法律援助|法律?援|援|指定|指|刑|民|商)*(?:通知|通|公函|函|辩|委|告|送)?(?:之[一二三四五六七八九十\d]+)?"
)
"""What a court's letters bear behind the number of the case: `（2025）粤0803刑初214号法援通`."""
_NO_TAIL = re.compile(r"[书案表单卷令票证]$|^(?:民事|刑事|行政|原告|被告|公诉|审判|一案)|决定|判决|裁定|起诉")
"""Words of a paper's title, or of its text, that stand behind the number in one line with it."""


def _tail(view: PageView, hit: NumberHit) -> tuple[str, bool]:
    """The letters that end the number's line, where they belong to it; False where that cannot be told."""
    at = bisect_right(view.starts, hit.end - 1) - 1
    behind = view.segments[at].text[hit.end - view.starts[at] :]
    if not behind or len(behind) > _LONGEST_TAIL or _NO_TAIL.search(behind) or not _WORDS.fullmatch(behind):
        return "", True
    return (behind, True) if _TAIL.fullmatch(behind) else ("", False)


_LONGEST_TAIL = 6
_WORDS = re.compile(rf"[{HANZI}\d]+")


def _heading(view: PageView, box: Box) -> str:
    """The line close above a box, as a form has its labels over their values."""
    left, top, right, bottom = box
    return next(
        (
            segment.folded
            for segment in reversed(view.segments)
            if segment.box[0] < right
            and left < segment.box[2]
            and top - 1.5 * (bottom - top) < segment.box[1] < segment.box[3] < top + 0.3 * (bottom - top)
        ),
        "",
    )


def _row_at(view: PageView, place: int) -> str:
    """The text of the row that a place of the page's text lies in."""
    held = view.segments[bisect_right(view.starts, place) - 1]
    return "".join(segment.text for segment in view.rows[held.row])


def number_at(views: tuple[PageView, ...], field: str) -> list[Reading]:
    """Numbers at the labels of `case_number` or `organ_case_number`."""
    found = []
    for rank, label in enumerate(_labels(field)):
        for view in views:
            for cell in labelled(view, label):
                hits = find_numbers(cell.text)
                if hits and hits[0].start <= 2 and hits[0].aid is (field == "case_number"):
                    weight = 1.0 - 0.1 * rank
                    found.append(
                        reading(
                            view,
                            hits[0].value,
                            cell.box,
                            cell.score,
                            formed=True,
                            weight=weight,
                            handwritten=cell.handwritten,
                        )
                    )
    return found


def stage_in(text: str) -> Stage | None:
    """The one stage that a phrase names; None if it names none or several."""
    found = {stage for pattern, stage in _STAGE_WORDS if pattern.search(text)}
    if not found and _TRIAL.search(text):
        return Stage.TRIAL_FIRST
    return next(iter(found)) if len(found) == 1 else None


def _is_last_choice(text: str, start: int) -> bool:
    """Whether the stage that begins here ends a row of stages: which of them is meant, a tick says."""
    return _CHOICE_BEFORE.search(text[max(0, start - 12) : start]) is not None


def read_stage(type_: str, views: tuple[PageView, ...]) -> Reading | None:
    """The stage that a paper of the mandate states: at its label, in its term, or in its wording."""
    for view in views:
        for label in _labels("stage"):
            for cell in labelled(view, label):
                stage = stage_in(cell.text) if len(cell.text) <= 16 else None
                if stage is not None:
                    return reading(
                        view, stage.value, cell.box, cell.score, formed=True, weight=1.0, handwritten=cell.handwritten
                    )
        patterns = (_POA_STAGE, _STAGE_PHRASE) if type_ == "power_of_attorney" else (_STAGE_PHRASE,)
        for pattern in patterns:
            matches = [match for match in pattern.finditer(view.text) if not _is_last_choice(view.text, match.start(1))]
            stages = {stage_in(match.group(1)) for match in matches} - {None}
            match = next(iter(matches), None)
            if match and len(stages) == 1:
                box, score = view.locate(match.start(), match.end())
                stage = next(iter(stages))
                if stage is not None:
                    return reading(view, stage.value, box, score, formed=True, weight=0.7)
    return None
