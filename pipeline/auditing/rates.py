"""Loading rate tables (补贴标准表): a YAML file each, checked to the line."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from pipeline.auditing.located import Block, blocks, load_block, refuse
from pipeline.auditing.validation import validated
from pipeline.errors import StandardError
from schemas.case import STAGELESS_KINDS
from schemas.rate import Modifier, Part, Rate, RateReference, RateTable, Situation, WorkDone

SAMPLE = "示例"
"""Stands at the head of a sample's title, so that nobody takes its amounts for somebody's norm."""

_OPERATIONS = ("factor", "by", "amount", "share", "actual", "rate_of")
_GRADED = frozenset({Situation.TERMINATED, Situation.QUALITY})
_COSTED = frozenset({Situation.CROSS_REGION, Situation.INTERPRETER})

Model = TypeVar("Model", bound=BaseModel)


def list_rates() -> tuple[str, ...]:
    """The ids of the tables that ship."""
    with as_file(files("schemas.rates")) as folder:
        return tuple(sorted(file.stem for file in folder.glob("*.yaml")))


def load_rates(name: str) -> RateTable:
    """The table that ships as `name`, or that lies in the YAML file `name`. `StandardError` with file and line."""
    if name.endswith((".yaml", ".yml")):
        return read_rates(Path(name))
    if name not in list_rates():
        raise StandardError(
            f"没有名为“{name}”的补贴标准表。可用：{'、'.join(list_rates())}；本机构自有的，请在设置 rates 中写明文件路径。"
        )
    with as_file(files("schemas.rates").joinpath(f"{name}.yaml")) as file:
        return read_rates(file)


def is_rate_table(file: Path) -> bool:
    """Whether a YAML file says that it is a rate table."""
    try:
        return any(line.startswith("table:") for line in file.read_text(encoding="utf-8-sig").splitlines())
    except (OSError, UnicodeDecodeError):
        return False


def read_rates(file: Path) -> RateTable:
    """The table in `file`."""
    block = load_block(file)
    values: dict[str, Any] = dict(block)
    values["version"] = str(block.get("version", ""))
    values["rates"] = tuple(_each(block, "rates", Rate))
    values["modifiers"] = tuple(_each(block, "modifiers", Modifier))
    table = validated(RateTable, values, block)
    _check_header(table, block)
    _check_rates(table, list(blocks(block, "rates")))
    _check_modifiers(table, list(blocks(block, "modifiers")))
    return table


def _each(block: Block, key: str, model: type[Model]) -> Iterator[Model]:
    for row in blocks(block, key):
        yield validated(model, row, row)


def _check_header(table: RateTable, block: Block) -> None:
    if table.sample != table.title.startswith(SAMPLE):
        refuse(block, f"示例表（sample: true）的名称应当以“{SAMPLE}”开头，其他的表不得以此开头", ["title"])
    if not table.basis.strip():
        refuse(block, "没有依据（basis）", ["basis"])
    if table.valid_from and table.valid_to and table.valid_from > table.valid_to:
        refuse(block, "失效日期早于生效日期", ["valid_to"])


def _check_rates(table: RateTable, rows: list[Block]) -> None:
    for index, (rate, row) in enumerate(zip(table.rates, rows, strict=True)):
        if not rate.basis.strip():
            refuse(row, "没有依据（basis）", ["basis"])
        divided = rate.direct is not None and rate.labour is not None
        partly = rate.direct is not None or rate.labour is not None
        if divided == (rate.undivided is not None) or (partly and not divided):
            refuse(row, "应当写明直接费用（direct）和劳务费用（labour），或者只写不分项的总额（undivided）")
        if rate.kind in STAGELESS_KINDS and rate.stages != (None,):
            refuse(row, f"“{rate.kind.value}”不分阶段，不应写 stages", ["stages"])
        if rate.valid_from and rate.valid_to and rate.valid_from > rate.valid_to:
            refuse(row, "失效日期早于生效日期", ["valid_to"])
        other = next((old for old in table.rates[:index] if _overlap(rate, old)), None)
        if other is not None:
            refuse(row, f"与第{table.rates.index(other) + 1}项标准适用于同样的案件、地区和期间", ["kind"])


def _overlap(one: Rate, other: Rate) -> bool:
    stages = None in (*one.stages, *other.stages) or bool(set(one.stages) & set(other.stages))
    apart = (one.valid_to is not None and other.valid_from is not None and one.valid_to < other.valid_from) or (
        other.valid_to is not None and one.valid_from is not None and other.valid_to < one.valid_from
    )
    regions = None in {one.region, other.region} or one.region == other.region
    return one.kind is other.kind and stages and regions and not apart


def _check_modifiers(table: RateTable, rows: list[Block]) -> None:
    replaced = False
    for modifier, row in zip(table.modifiers, rows, strict=True):
        _check_operation(modifier, row)
        if modifier.rate_of is None:
            replaced = True
        elif replaced:
            refuse(row, "改按其他标准（rate_of）的情形应当排在其他调整之前", ["rate_of"])
        elif table.rates and not any(serves(rate, modifier.rate_of) for rate in table.rates):
            refuse(row, "所改按的标准不在表中", ["rate_of"])


def serves(rate: Rate, wanted: RateReference) -> bool:
    """Whether the rate is for that kind and stage."""
    return rate.kind is wanted.kind and (rate.stages == (None,) or wanted.stage in rate.stages)


def _check_operation(modifier: Modifier, row: Block) -> None:
    if not modifier.basis.strip():
        refuse(row, "没有依据（basis）", ["basis"])
    given = [name for name in _OPERATIONS if row.get(name) not in (None, False, {})]
    if len(given) != 1:
        refuse(row, f"应当写明而且只能写明一种计算方法：{'、'.join(_OPERATIONS)}")
    operation = given[0]
    graded = modifier.situation in _GRADED
    if graded != (operation == "by"):
        refuse(row, f"“{modifier.situation.value}”{'应当' if graded else '不能'}用 by 分档", [operation])
    if operation == "actual" and modifier.situation not in _COSTED:
        refuse(row, "只有跨区域办案和翻译可以按实际支出计算（actual）", ["actual"])
    if modifier.situation is Situation.TERMINATED and set(modifier.by) != set(WorkDone):
        refuse(row, f"终止法律援助应当分别写明四档：{'、'.join(WorkDone)}", ["by"])
    if modifier.most is not None and operation not in {"amount", "share", "actual"}:
        refuse(row, "只有增加的金额可以设上限（most）", ["most"])
    if modifier.part is not Part.TOTAL and operation not in {"factor", "by"}:
        refuse(row, "只有按比例调整可以限于直接费用或者劳务费用（part）", ["part"])
