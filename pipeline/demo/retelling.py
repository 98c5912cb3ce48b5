"""A story told wrongly (错述): what a paper says when somebody mistook a name, a number or a day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from pipeline.demo.calendar import Days
from pipeline.demo.people import homophone, with_check_digit
from pipeline.demo.story import Story
from pipeline.errors import UsageError
from schemas.case import Stage


def contradicted(story: Story, detail: str) -> Story:
    """`story` with another `detail` than the rest of the file: the recipient's name if none is said."""
    change = CONTRADICTIONS.get(detail or "recipient_name")
    if change is None:
        raise UsageError(f"不认识的不一致细节：{detail}")
    return change(story)


def _misheard(story: Story) -> Story:
    return replace(story, recipient=replace(story.recipient, name=homophone(story.recipient.name)))


def _misnumbered(story: Story) -> Story:
    """The identity number with another order, and the check digit that goes with it."""
    digits = story.recipient.id_number
    other = with_check_digit(f"{digits[:14]}{(int(digits[14:17]) + 2) % 1000:03d}")
    return replace(story, recipient=replace(story.recipient, id_number=other))


def _other_cause(story: Story) -> Story:
    cause = "寻衅滋事罪" if story.matter.cause.endswith("罪") else "生命权、身体权、健康权纠纷"
    return replace(story, matter=replace(story.matter, cause=cause))


def _other_stage(story: Story) -> Story:
    other = Stage.INVESTIGATION if story.stage is not Stage.INVESTIGATION else Stage.PROSECUTION
    return replace(story, stage=other)


CONTRADICTIONS: dict[str, Callable[[Story], Story]] = {
    "recipient_name": _misheard,
    "recipient_id_number": _misnumbered,
    "lawyer_name": lambda story: replace(story, lawyer=replace(story.lawyer, name=story.colleague)),
    "firm_name": lambda story: replace(story, firm=story.firm.replace("律师事务所", "南粤律师事务所")),
    "cause": _other_cause,
    "case_number": lambda story: replace(story, running=story.running + 30),
    "organ_case_number": lambda story: replace(story, organ_running=story.organ_running + 11),
    "stage": _other_stage,
    "hearing_date": lambda story: replace(
        story, days=replace(story.days, hearing=story.days.hearing + timedelta(days=1))
    ),
}


def out_of_order(story: Story, type_: str) -> Story:
    days = story.days
    early = days.assigned - timedelta(days=4)
    late = days.outcome + timedelta(days=4)
    changes = {
        "meeting_record": replace(days, meeting=early),
        "interview_record": replace(days, meeting=early),
        "file_review_note": replace(days, review=days.hearing + timedelta(days=2)),
        "advocacy_statement": replace(days, advocacy=late),
        "assignment_notice": replace(days, assigned=days.applied - timedelta(days=3)),
        "power_of_attorney": replace(days, signed=early),
        "representation_agreement": replace(days, signed=early),
        "closing_report": replace(days, reported=days.outcome - timedelta(days=3)),
        "hearing_record": replace(days, hearing=late),
    }
    if type_ not in changes:
        raise UsageError(f"材料 {type_} 没有可以颠倒的日期。")
    return replace(story, days=changes[type_])


def late_days(days: Days, type_: str) -> Days:
    """`days` with the paper of `type_` six weeks after the end of the case, or three weeks after what it answers."""
    match type_:
        case "closing_report":
            return replace(days, reported=days.received + timedelta(days=38), filed=days.received + timedelta(days=43))
        case "grant_decision" | "assignment_notice":
            answers = ("approved", "granted", "assigned", "signed")  # on the day itself at times: they stay
            before = {name: day for name, day in vars(days).items() if day <= days.applied and name not in answers}
            return replace(days, **{name: day - timedelta(days=22) for name, day in before.items()})
    raise UsageError(f"材料 {type_} 没有可以超过的期限。")
