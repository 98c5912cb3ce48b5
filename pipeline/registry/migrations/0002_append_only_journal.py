"""The journal is append-only: the database itself refuses to change or remove an event."""

# ruff: noqa: RUF012 - class attributes as Django writes them
# mypy: ignore-errors

from typing import Any

from django.db import migrations

REFUSAL = """
CREATE TRIGGER registry_journal_no_{verb} BEFORE {verb} ON registry_journalevent
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
"""


def refuse(apps: Any, schema_editor: Any) -> None:  # noqa: ARG001 - the signature is Django's
    if schema_editor.connection.vendor == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            schema_editor.execute(REFUSAL.format(verb=verb))


class Migration(migrations.Migration):
    dependencies = [("registry", "0001_initial")]
    operations = [migrations.RunPython(refuse, migrations.RunPython.noop)]
