"""What the registry (台账) keeps: cases, submissions, drops, rounds, and the journal. Seen only inside this room."""

# ruff: noqa: DJ008 - the rows are not shown to anyone as text

from __future__ import annotations

from django.db import models  # type: ignore[import-untyped]

from pipeline.registry.records import SubmissionState

SHA256_LENGTH = 64


class Case(models.Model):  # type: ignore[misc] # Django has no types
    """A case (案件): the unit of memory. One key a case, see `rounds.case_key`."""

    key = models.CharField(max_length=300, unique=True)
    number = models.CharField(max_length=200, blank=True)
    recipient_name = models.CharField(max_length=100, blank=True)
    opened_at = models.DateTimeField()
    folder = models.TextField(blank=True)
    """Its folder in the outbox, fixed by the first delivery."""
    state = models.CharField(max_length=20, blank=True, db_index=True)
    """`schemas.life.CaseState` after all its events, kept beside them so that a hundred thousand cases can be listed."""


class CaseEvent(models.Model):  # type: ignore[misc] # Django has no types
    """One act in the life of a case (流程记录). Never changed; an undo is another event."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="events")
    content = models.TextField()
    """`schemas.life.Event` as JSON."""


class CaseDecision(models.Model):  # type: ignore[misc] # Django has no types
    """What a person decided about a case (人工认定). Never changed; taking it back is another decision."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="decisions")
    sort = models.CharField(max_length=10)
    """`ruling`, `paper` or `field`."""
    content = models.TextField()
    """The model of `schemas.decision` as JSON."""


class OutgoingMail(models.Model):  # type: ignore[misc] # Django has no types
    """A mail that waits to be sent, or what became of it (待发邮件)."""

    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="mails")
    """Empty for a letter that is about several cases, or about one of which no closing file has come in."""
    key = models.CharField(max_length=SHA256_LENGTH, unique=True)
    """Digest of what goes out and of the address: the same letter is queued once."""
    content = models.TextField()
    """`schemas.mail.QueuedMail` as JSON."""
    state = models.CharField(max_length=12)
    attempts = models.PositiveIntegerField(default=0)
    reason = models.TextField(blank=True)
    queued_at = models.DateTimeField()
    due_at = models.DateTimeField()
    """Not to be tried before."""

    class Meta:
        indexes = (
            models.Index(fields=("state", "id"), name="mail_by_state"),
            models.Index(fields=("queued_at", "id"), name="mail_by_day"),
        )


class Submission(models.Model):  # type: ignore[misc] # Django has no types
    """What was handed in once (一次提交): the same bytes are the same submission, however often they are dropped."""

    sha256 = models.CharField(max_length=SHA256_LENGTH, unique=True)
    name = models.TextField()
    original = models.TextField(blank=True)
    """Path below the state folder; empty for a file that nobody may read."""
    state = models.CharField(max_length=20, default=SubmissionState.RECEIVED.value, db_index=True)
    received_at = models.DateTimeField()
    owner = models.CharField(max_length=100, blank=True)
    claimed_at = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)
    """How often auditing it ended with an unexpected error."""
    interruptions = models.PositiveIntegerField(default=0)
    """How often the office died while auditing it."""
    told_case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="told")
    """The case that a person said this supplements."""

    class Meta:
        indexes = (models.Index(fields=("name",), name="submission_by_name"),)


class Drop(models.Model):  # type: ignore[misc] # Django has no types
    """One arrival in the inbox. `left_at` is empty until it has left the inbox."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="drops")
    name = models.TextField()
    fingerprint = models.CharField(max_length=SHA256_LENGTH)
    original = models.TextField()
    """Path of this drop's kept copy, below the state folder."""
    arrived_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=("id",), name="open_drops", condition=models.Q(left_at=None)),)


class Round(models.Model):  # type: ignore[misc] # Django has no types
    """One audit round (审查轮次) of a case."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="rounds")
    number = models.PositiveIntegerField()
    revision = models.PositiveIntegerField(default=0)
    """How often the round has been audited again because a person decided something (复核)."""
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="rounds")
    report = models.TextField()
    decision = models.CharField(max_length=20, blank=True)
    audited_at = models.DateTimeField()
    delivered_at = models.DateTimeField(null=True)
    folder = models.TextField(blank=True)
    """Where it was delivered, below the outbox, with `/`."""
    base = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="supplements")
    """The round whose papers this one's submission supplements (补正); empty where it is a closing file by itself."""

    class Meta:
        constraints = (models.UniqueConstraint(fields=("case", "number", "revision"), name="one_round_a_number"),)


class LedgerLine(models.Model):  # type: ignore[misc] # Django has no types
    """What the ledger shows of a round (台账行). It can be worked out again from the round's report.

    A report is some 70 KB; of a hundred thousand, only what a line needs can be looked through again and again.
    """

    round = models.OneToOneField(Round, primary_key=True, on_delete=models.CASCADE, related_name="line")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    revision = models.PositiveIntegerField()
    version = models.PositiveIntegerField()
    """`schemas.ledger.LINE_VERSION` by which it was written."""
    content = models.TextField()
    """`schemas.ledger.RoundLedger` as JSON."""


class PaperSketch(models.Model):  # type: ignore[misc] # Django has no types
    """A paper's fingerprint (文书指纹). It can be worked out again from the original; nothing rests on it but a question."""

    case = models.CharField(max_length=300, db_index=True)
    """The case number, as read."""
    type = models.CharField(max_length=60)
    content = models.TextField()
    """`schemas.sketch.Sketch` as JSON."""


class Outline(models.Model):  # type: ignore[misc] # Django has no types
    """What is kept of a closing file to hold later ones against it (案件要点). It can be worked out again from the original."""

    key = models.CharField(max_length=300, unique=True)
    """As in `Case`: number and recipient."""
    source = models.CharField(max_length=SHA256_LENGTH, db_index=True)
    """SHA-256 of the file that it is about."""
    number_key = models.CharField(max_length=200, db_index=True)
    organ_key = models.CharField(max_length=200, blank=True, db_index=True)
    person = models.CharField(max_length=SHA256_LENGTH, blank=True, db_index=True)
    content = models.TextField()
    """`schemas.outline.CaseOutline` as JSON."""


class RegisteredCase(models.Model):  # type: ignore[misc] # Django has no types
    """A case as the office has registered it (登记案件), before there is a closing file."""

    number = models.CharField(max_length=200)
    number_key = models.CharField(max_length=200, unique=True)
    """The number in one spelling, see `spelling.plain`."""
    sameness = models.CharField(max_length=SHA256_LENGTH, db_index=True)
    """Digest of what makes a case the same case, see `registrations.sameness`."""
    recipient_key = models.CharField(max_length=100, db_index=True)
    content = models.TextField()
    """`schemas.registration.Registration` as JSON, as it stands after all corrections; what stood before is in its events."""
    registered_at = models.DateTimeField()
    closed_on = models.DateField(null=True)
    """After all its events, kept beside them so that a hundred thousand cases can be counted."""


class FormerNumber(models.Model):  # type: ignore[misc] # Django has no types
    """A number that a registered case bore by mistake (原编号): whoever looks it up finds the case, unless it is another's now."""

    case = models.ForeignKey(RegisteredCase, on_delete=models.PROTECT, related_name="former_numbers")
    number_key = models.CharField(max_length=200, db_index=True)
    """As in `RegisteredCase`."""


class RegistrationEventRow(models.Model):  # type: ignore[misc] # Django has no types
    """What happened to a registered case beside its assignments (更正、结案、恢复办理). Never changed."""

    case = models.ForeignKey(RegisteredCase, on_delete=models.PROTECT, related_name="events")
    content = models.TextField()
    """`schemas.registration_events.RegistrationEvent` as JSON."""


class RosterLine(models.Model):  # type: ignore[misc] # Django has no types
    """One line of the roster (律师名册) as it stands now."""

    licence = models.CharField(max_length=100, unique=True)
    content = models.TextField()
    """`schemas.roster.Lawyer` as JSON."""


class AssignmentRecord(models.Model):  # type: ignore[misc] # Django has no types
    """An assignment (指派); the latest of a case stands."""

    case = models.ForeignKey(RegisteredCase, on_delete=models.PROTECT, related_name="assignments")
    licence = models.CharField(max_length=100, db_index=True)
    content = models.TextField()
    """`schemas.roster.Assignment` as JSON."""
    recorded_at = models.DateTimeField()


class DocumentNumber(models.Model):  # type: ignore[misc] # Django has no types
    """A number that has been given (编号). Never removed: a void one stays, so that nobody gets it again."""

    word = models.CharField(max_length=100)
    year = models.PositiveIntegerField()
    sequence = models.PositiveIntegerField()
    about = models.CharField(max_length=300, db_index=True)
    """What it was drawn for."""
    drawn_at = models.DateTimeField()
    void = models.BooleanField(default=False)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("word", "year", "sequence"), name="one_number_once"),)


class ReminderLine(models.Model):  # type: ignore[misc] # Django has no types
    """That a lawyer was reminded of a term (催办). One line a term and kind of reminder."""

    digest = models.CharField(max_length=SHA256_LENGTH, unique=True)
    """Of the content."""
    content = models.TextField()
    """`schemas.due.Reminder` as JSON."""
    drafted_at = models.DateTimeField()
    """The last time."""


class ReminderLetterRow(models.Model):  # type: ignore[misc] # Django has no types
    """A reminder as it was drafted (提醒函): to whom, about which cases. Never changed."""

    place = models.CharField(max_length=300, db_index=True)
    """Its folder below the outbox, with `/`."""
    content = models.TextField()
    """`schemas.due.ReminderLetter` as JSON."""


class EntryRow(models.Model):  # type: ignore[misc] # Django has no types
    """What came of a drop that is no closing file (受理登记): a registration workbook, or an application."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="entries")
    content = models.TextField()
    """`schemas.entry.Entry` as JSON."""
    entered_at = models.DateTimeField()
    delivered_at = models.DateTimeField(null=True)
    folder = models.TextField(blank=True)
    """Where it was told, below the outbox, with `/`."""


class JournalEvent(models.Model):  # type: ignore[misc] # Django has no types
    """One line of the journal (日志). Never changed, never removed; the database refuses both."""

    number = models.PositiveBigIntegerField(unique=True)
    previous = models.CharField(max_length=SHA256_LENGTH)
    content = models.TextField()
    """Canonical JSON: sorted keys, no spaces, UTF-8."""
    sha256 = models.CharField(max_length=SHA256_LENGTH, unique=True)
    """Of the previous event's hash, a newline, and the content."""
