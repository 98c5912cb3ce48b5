"""The ledger of an office: its terms, its lines that are kept, and how seldom a long one is written."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import openpyxl
import pytest
from desk_office import Office

from pipeline import registry
from pipeline.auditing import load_standard
from pipeline.desk import lines as line_keeping
from pipeline.desk import papers
from pipeline.desk.desk import LEDGER_SHARE, Desk
from pipeline.registry.models import LedgerLine
from schemas.life import Act

CASE = {
    "case_number": "虚法援刑字〔2024〕7号",
    "recipient_name": "某甲",
    "lawyer_name": "某律师",
    "firm_name": "虚构律师事务所",
}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    yield Office(tmp_path)
    registry.close_registry()


def lines(office: Office, sheet: str) -> list[dict[str, object]]:
    workbook = openpyxl.load_workbook(office.outbox / "台账.xlsx")
    head, *rows = workbook[sheet].iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_the_running_terms_stand_in_a_sheet_of_their_own(office):
    """Case, recipient, lawyer, term, last day and days left; the same days as `juanzong due` tells."""
    standard = load_standard("gd", None)
    office.drop("卷.json", **CASE)
    office.settle(office.open())
    papers.write_the_ledger(office.outbox, standard)
    (row,) = lines(office, "期限")
    (term,) = papers.running_terms(standard, date.today())  # noqa: DTZ011 - the office's own day
    due = term.due
    assert (row["案件编号"], row["受援人"], row["承办人"]) == (CASE["case_number"], "某甲", "某律师")
    assert row["承办单位"] == "虚构律师事务所"
    ends = row["届满日"]
    # the working days of the coming year may not be known yet
    assert (ends.date() if isinstance(ends, datetime) else ends) == (due.ends_on or "待核")
    assert row["剩余天数"] == due.days_left
    assert row["目前"] == "材料齐全，待核卷"


def test_a_case_that_is_done_has_no_term_and_says_where_it_stands(office):
    """What persons did since the audit is what the ledger shows."""
    office.drop("卷.json", **CASE)
    office.settle(office.open())
    for act, by in ((Act.CHECK, "周某"), (Act.APPROVE, "吴某"), (Act.PAY, "吴某")):
        registry.record_act(CASE["case_number"], act, by=by)
    papers.write_the_ledger(office.outbox, load_standard("gd", None))
    assert lines(office, "期限") == []
    (row,) = lines(office, "案件台账")
    assert row["等待事项"] == "补贴已发放，待归档"


def test_a_kept_line_is_not_worked_out_again(office, monkeypatch):
    """A round's report is read once for the ledger, however often the ledger is written."""
    desk = office.open()
    office.drop("一.json", **CASE)
    office.settle(desk)
    worked_out = []
    really = line_keeping.ledger_row

    def counted(*args, **kwargs):
        worked_out.append(args)
        return really(*args, **kwargs)

    monkeypatch.setattr(line_keeping, "ledger_row", counted)
    office.drop("二.json", **CASE | {"case_number": "虚法援刑字〔2024〕8号"})
    office.settle(desk)
    papers.write_the_ledger(office.outbox)
    assert len(worked_out) == 1
    assert len(lines(office, "案件台账")) == 2


def test_lines_of_an_older_version_are_written_anew(office):
    """After an update that shows something else, and in a registry from before lines were kept."""
    desk = office.open()
    for number in range(3):
        office.drop(f"{number}.json", **CASE | {"case_number": f"虚法援刑字〔2024〕{number}号"})
    office.settle(desk)
    before = lines(office, "案件台账")
    LedgerLine.objects.filter(round_id=1).update(version=0, content="{}")
    LedgerLine.objects.filter(round_id=3).delete()
    papers.write_the_ledger(office.outbox)
    assert lines(office, "案件台账") == before


def test_a_round_audited_again_still_tells_that_its_file_came_twice(office):
    """A person's ruling has the file audited once more; that is no answer to the second copy."""
    desk = office.open()
    office.drop("一.json", **CASE)
    office.settle(desk)
    office.drop("一 - 副本.json", **CASE)
    office.settle(desk)
    registry.recheck(CASE["case_number"], by="周某")
    desk.tick()
    (row,) = lines(office, "案件台账")
    assert "重复提交1次" in str(row["等待事项"])


def test_a_ledger_that_takes_long_is_written_seldom_and_at_the_end(office):
    """It takes a small share of the office's time; what happened meanwhile is in the next one."""
    registry.open_registry(office.state)
    written = []

    def write() -> bool:
        written.append(office.clock.seconds)
        office.clock.seconds += 30
        return True

    desk = Desk(office.settings, process=office.process, deliver=office.deliver, write_ledger=write, clock=office.clock)
    for number in range(4):
        office.drop(f"{number}.json", **CASE | {"case_number": f"虚法援刑字〔2024〕{number}号"})
        office.settle(desk)
    assert len(written) == 1
    office.clock.seconds += 30 * LEDGER_SHARE
    desk.tick()
    assert len(written) == 2
    office.clock.seconds += 30 * LEDGER_SHARE
    desk.tick()
    assert len(written) == 2


def test_another_day_has_another_ledger(office, monkeypatch):
    """The days left change although nothing happens."""

    really = date.today()  # noqa: DTZ011

    class Tomorrow(date):
        @classmethod
        def today(cls) -> date:
            return really + timedelta(days=1)

    written = []
    registry.open_registry(office.state)
    desk = Desk(
        office.settings,
        process=office.process,
        deliver=office.deliver,
        write_ledger=lambda: not written.append(1),
        clock=office.clock,
    )
    desk.tick()
    desk.tick()
    assert len(written) == 1
    monkeypatch.setattr("pipeline.desk.desk.date", Tomorrow)
    desk.tick()
    assert len(written) == 2
