"""Mail that is about no one case (reminders), the letters that it carries, and lists of mail by an index."""

# ruff: noqa: RUF012 - class attributes as Django writes them
# mypy: ignore-errors

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registry", "0011_outlines")]
    operations = [
        migrations.AlterField(
            model_name="outgoingmail",
            name="case",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="mails", to="registry.case"
            ),
        ),
        migrations.AlterField(
            model_name="outgoingmail",
            name="state",
            field=models.CharField(max_length=12),
        ),
        migrations.AddIndex(
            model_name="outgoingmail",
            index=models.Index(fields=["state", "id"], name="mail_by_state"),
        ),
        migrations.AddIndex(
            model_name="outgoingmail",
            index=models.Index(fields=["queued_at", "id"], name="mail_by_day"),
        ),
        migrations.CreateModel(
            name="ReminderLetterRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.CharField(db_index=True, max_length=300)),
                ("content", models.TextField()),
            ],
        ),
    ]
