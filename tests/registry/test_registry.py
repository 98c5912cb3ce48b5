"""The registry: cases, submissions, rounds, claims, and a journal that shows whether anyone touched it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.utils import IntegrityError

from pipeline import registry
from pipeline.registry import SubmissionState
from pipeline.registry.models import JournalEvent, Submission
from pipeline.registry.rounds import case_key
from schemas.report import AuditReport, Decision, ReportCase, ReportError, Source, Subsidy
from schemas.volume import FieldValue

NUMBER = "虚法援民字〔2024〕31号"


@pytest.fixture(autouse=True)
def state(tmp_path: Path) -> Iterator[Path]:
    registry.open_registry(tmp_path / "台账")
    yield tmp_path / "台账"
    registry.close_registry()


def submitted(digit: str = "1", name: str = "卷.pdf") -> registry.Registered:
    return registry.register_drop(name, "f" * 64, sha256=digit * 64, original=f"originals/{digit}/{name}")


def report(digit: str = "1", *, number: str = NUMBER, recipient: str = "某乙", state: str = "found") -> AuditReport:
    fields = {
        "case_number": FieldValue(value=number, state="found"),
        "recipient_name": FieldValue(value=recipient, state=state),
    }
    return AuditReport(
        source=Source(name="卷.pdf", sha256=digit * 64, pages=9),
        status="audited",
        case=ReportCase(kind=None, stage=None, origin=None, fields=fields),
        subsidy=Subsidy(decision=Decision.BLOCKED, blocking=("F1",)),
    )


def unusable(digit: str = "1") -> AuditReport:
    return AuditReport(
        source=Source(name="卷.pdf", sha256=digit * 64, pages=0),
        status="unreadable",
        error=ReportError(code="corrupt", message="文件已损坏。"),
    )


def audited(digit: str = "1", of: AuditReport | None = None) -> registry.RoundRecord:
    submission = submitted(digit)
    registry.record_left(submission.drop_id)
    claim = registry.claim_next("tests")
    assert claim is not None
    assert claim.submission_id == submission.submission_id
    return registry.record_report(claim.submission_id, of or report(digit))


def test_a_registry_survives_closing_and_opening(state):
    """What was committed is there for the next process."""
    audited()
    registry.close_registry()
    registry.open_registry(state)
    (entry,) = registry.ledger_entries()
    assert entry.report == report()


def test_two_registries_do_not_mix(state, tmp_path):
    """Opening another state folder is another registry."""
    audited()
    registry.open_registry(tmp_path / "other")
    assert registry.ledger_entries() == ()
    registry.open_registry(state)
    assert len(registry.ledger_entries()) == 1


def test_the_database_is_safe_against_power_cuts():
    """SQLite: WAL with full synchronisation on the connection that writes. PostgreSQL: a commit waits for the disk."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            names = ("journal_mode", "synchronous")
            assert [cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in names] == ["wal", 2]
        else:
            assert cursor.execute("SHOW synchronous_commit").fetchone()[0] == "on"


def test_the_same_drop_registered_twice_is_one_drop():
    """An office that died between registering and taking away meets it again."""
    assert submitted() == submitted()
    assert len(registry.open_drops()) == 1


def test_the_same_bytes_after_the_first_has_left_are_a_repetition():
    """Linked to the submission that is there, and told."""
    first = submitted()
    registry.record_left(first.drop_id)
    again = submitted()
    assert (again.submission_id, again.again) == (first.submission_id, True)
    assert registry.claim_next("tests") is not None
    assert registry.claim_next("tests") is None


def test_a_claimed_submission_is_nobody_elses():
    """And comes back when it is released; first come, first claimed."""
    first, second = submitted("1"), submitted("2", "乙.pdf")
    claims = [registry.claim_next("a"), registry.claim_next("b")]
    assert [claim.submission_id for claim in claims if claim] == [first.submission_id, second.submission_id]
    registry.release(first.submission_id)
    again = registry.claim_next("b")
    assert again is not None
    assert again.submission_id == first.submission_id


def test_claims_of_a_dead_office_come_back_and_are_counted():
    """An interruption is not a failure, but a file that kills the office is noticed."""
    submitted()
    registry.claim_next("dead")
    assert registry.release_dead_claims() == 1
    claim = registry.claim_next("alive")
    assert claim is not None
    assert (claim.interruptions, claim.failures) == (1, 0)


def test_failures_are_counted_over_claims():
    """The desk gives a file up after the second."""
    submission = submitted()
    for expected in (1, 2):
        claim = registry.claim_next("tests")
        assert claim is not None
        assert claim.failures == expected - 1
        assert registry.record_failure(submission.submission_id, "ValueError") == expected
        registry.release(submission.submission_id)


def test_rounds_of_a_case_count_up_and_keep_its_folder():
    """The folder of the first delivery is the case's, whatever later reports would call it."""
    first = audited("1")
    registry.record_delivered(first.submission_id, "案件甲/第1次审查")
    second = audited("2")
    assert (second.case_key, second.number, second.case_folder) == (first.case_key, 2, "案件甲")
    assert registry.next_round(first.case_key) == 3
    (entry,) = registry.ledger_entries()
    assert (entry.round_number, entry.folder) == (2, "案件甲")


def test_recording_a_report_again_changes_nothing():
    """The round that was recorded first stands."""
    first = audited()
    assert registry.record_report(first.submission_id, report(recipient="某丙")) == first
    assert registry.next_round(first.case_key) == 2


def test_a_case_is_known_only_by_what_was_read_for_certain():
    """An uncertain name joins no case: another person's papers must not land in it."""
    certain, unsure = report("1"), report("2", state="uncertain")
    assert case_key(certain, "1" * 64) == f"{NUMBER}|某乙"
    assert case_key(unsure, "2" * 64) == f"sha256:{'2' * 64}"
    audited("1", certain)
    assert audited("2", unsure).number == 1


@pytest.mark.parametrize("name", ["某" * 101, "\ufdfa" * 10])
def test_what_is_too_long_for_a_name_is_none(name):
    """A whole paragraph read as a name neither stops the office, in either database, nor becomes a case's."""
    assert audited("1", report("1", recipient=name)).case_key == f"sha256:{'1' * 64}"


def test_a_nul_from_a_broken_text_layer_stops_nobody():
    """PostgreSQL keeps none in a text."""
    assert audited("1", report("1", recipient="某\0乙")).case_key == f"{NUMBER}|某乙"


def test_two_recipients_of_one_case_number_are_two_cases():
    """A joint case has a file for each recipient."""
    assert audited("1").number == audited("2", report("2", recipient="某丁")).number == 1


@pytest.mark.parametrize(
    "spelling",
    ["虚法援民字[2024]31号", "虚法援民字（2024）31号", "虚法援民字【２０２４】３１号", "虚法援民字 〔2024〕 31 号"],
)
def test_spelling_does_not_make_another_case(spelling):
    """Brackets, widths and spaces."""
    assert case_key(report(number=spelling), "1" * 64) == case_key(report(), "1" * 64)


def test_delivering_is_recorded_once():
    """A delivery repeated after a kill adds no event."""
    record = audited()
    assert registry.undelivered() == (record.submission_id,)
    for _ in range(2):
        registry.record_delivered(record.submission_id, "案件甲/第1次审查")
    assert registry.undelivered() == ()
    assert told().count("delivered") == 1


def test_an_unusable_submission_ends_as_one():
    """Delivered with its sentence, and listed apart by its report."""
    record = audited("1", unusable())
    registry.record_delivered(record.submission_id, "无法审查/卷_12345678")
    (entry,) = registry.ledger_entries()
    assert entry.folder == "无法审查/卷_12345678"
    assert entry.report is not None
    assert entry.report.status == "unreadable"
    assert Submission.objects.get().state == SubmissionState.UNUSABLE


def test_a_refusal_is_said_once_and_withdrawn_when_it_no_longer_holds():
    """The ledger must not speak for ever of a file that was taken in an hour later."""
    assert registry.record_refusal("锁.pdf", "a" * 64, unusable())
    assert not registry.record_refusal("锁.pdf", "a" * 64, unusable())
    assert len(registry.ledger_entries()) == len(registry.undelivered()) == 1
    registry.withdraw_refusals("锁.pdf")
    assert registry.ledger_entries() == registry.undelivered() == ()


def test_what_waits_stands_in_the_ledger():
    """Before anyone has looked at it."""
    submitted(name="等.pdf")
    (entry,) = registry.ledger_entries()
    assert (entry.name, entry.report) == ("等.pdf", None)


def test_an_untouched_journal_is_whole():
    """Each event chained to the one before it."""
    audited()
    check = registry.verify_journal()
    assert check.whole
    assert check.events == len(told())
    assert check.head == JournalEvent.objects.last().sha256


def test_the_database_refuses_to_change_or_remove_an_event():
    """Even to someone who writes SQL."""
    audited()
    with pytest.raises(IntegrityError, match="append-only"):
        JournalEvent.objects.update(content="{}")
    with pytest.raises(IntegrityError, match="append-only"):
        JournalEvent.objects.all().delete()


@pytest.mark.parametrize(
    ("tampering", "broken_at"),
    [
        ("UPDATE registry_journalevent SET content = replace(content, 'left_inbox', 'refused') WHERE number = 2", 2),
        ("UPDATE registry_journalevent SET sha256 = 'x' WHERE number = 2", 2),
        ("UPDATE registry_journalevent SET number = number + 10 WHERE number = 4", 4),
        ("DELETE FROM registry_journalevent WHERE number = 2", 2),
        ("DELETE FROM registry_journalevent WHERE number = 1", 1),
    ],
)
def test_tampering_that_gets_past_the_database_is_found(tampering, broken_at):
    """Someone who drops the triggers still breaks the chain, and the first broken event is named."""
    audited()
    table = "" if connection.vendor == "sqlite" else " ON registry_journalevent"
    with connection.cursor() as cursor:
        for verb in ("UPDATE", "DELETE"):
            cursor.execute(f"DROP TRIGGER registry_journal_no_{verb}{table}")
        cursor.execute(tampering)
        assert cursor.rowcount == 1
    assert registry.verify_journal().broken_at == broken_at


def test_journal_events_name_no_person():
    """Numbers of rows and hashes; names stand in the tables that may be corrected."""
    audited()
    assert all("某" not in event.content for event in JournalEvent.objects.all())


def test_the_migrations_are_those_of_the_models():
    """No model was changed without its migration."""
    call_command("makemigrations", "registry", check=True, dry_run=True, verbosity=0)


def told() -> list[str]:
    return [json.loads(event.content)["what"] for event in JournalEvent.objects.order_by("number")]


def test_an_unusable_submission_handed_in_again_is_audited_again():
    """A crash may have been chance, a limit may have been raised; the failure no longer stands in the ledger then."""
    failed = audited("1", unusable())
    registry.record_delivered(failed.submission_id, "无法审查/卷_12345678")
    second = audited("1", report("1"))
    assert (second.submission_id, second.number) == (failed.submission_id, 1)
    assert [registry.recorded_round(waiting).case_key for waiting in registry.undelivered()] == [second.case_key]
    registry.record_delivered(second.submission_id, "案件甲/第1次审查")
    (entry,) = registry.ledger_entries()
    assert entry.report is not None
    assert (entry.report.status, entry.folder, entry.times_again) == ("audited", "案件甲", 0)


def test_nothing_waits_when_everything_is_recorded():
    """A claimed submission still waits; a recorded one does not."""
    submission = submitted()
    registry.claim_next("tests")
    assert registry.is_anything_waiting()
    registry.record_report(submission.submission_id, report())
    assert not registry.is_anything_waiting()
