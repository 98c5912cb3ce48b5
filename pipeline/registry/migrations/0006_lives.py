"""Where a case stands, what persons decided about it, and the mail that goes out about it."""

# ruff: noqa: RUF012 - class attributes as Django writes them
# mypy: ignore-errors

import json
from typing import Any

import django.db.models.deletion
from django.db import migrations, models

KEY = ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"))


DECISIONS = {"payable": ("audit_complete", "complete"), "undetermined": ("audit_open", "to_review")}
BLOCKED = ("audit_blocked", "to_notify")


def case(related_name: str) -> models.ForeignKey:
    return models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name=related_name, to="registry.case")


def tell_earlier_audits(apps: Any, schema_editor: Any) -> None:
    """The cases of before stand where their last audit left them."""
    alias = schema_editor.connection.alias
    for found in apps.get_model("registry", "Case").objects.using(alias):
        last = found.rounds.exclude(decision="").order_by("-number").first()
        if last is None:
            continue
        act, state = DECISIONS.get(last.decision, BLOCKED)
        event = {"act": act, "by": "juanzong", "at": last.audited_at.isoformat(), "why": "", "round": last.number}
        apps.get_model("registry", "CaseEvent").objects.using(alias).create(case=found, content=json.dumps(event))
        found.state = state
        found.save(using=alias, update_fields=("state",))


class Migration(migrations.Migration):
    dependencies = [("registry", "0005_entries")]
    operations = [
        migrations.AddField(
            model_name="case",
            name="state",
            field=models.CharField(blank=True, db_index=True, default="", max_length=20),
            preserve_default=False,
        ),
        migrations.CreateModel(
            name="CaseEvent", fields=[KEY, ("content", models.TextField()), ("case", case("events"))]
        ),
        migrations.CreateModel(
            name="CaseDecision",
            fields=[
                KEY,
                ("sort", models.CharField(max_length=10)),
                ("content", models.TextField()),
                ("case", case("decisions")),
            ],
        ),
        migrations.CreateModel(
            name="OutgoingMail",
            fields=[
                KEY,
                ("key", models.CharField(max_length=64, unique=True)),
                ("content", models.TextField()),
                ("state", models.CharField(db_index=True, max_length=12)),
                ("attempts", models.PositiveIntegerField(default=0)),
                ("reason", models.TextField(blank=True)),
                ("queued_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("case", case("mails")),
            ],
        ),
        migrations.AddField(model_name="round", name="revision", field=models.PositiveIntegerField(default=0)),
        migrations.RemoveConstraint(model_name="round", name="one_round_a_number"),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.UniqueConstraint(fields=("case", "number", "revision"), name="one_round_a_number"),
        ),
        migrations.RunPython(tell_earlier_audits, migrations.RunPython.noop),
    ]
