"""The journal is append-only: the database itself refuses to change or remove an event."""

# ruff: noqa: RUF012 - class attributes as Django writes them
# mypy: ignore-errors

from typing import Any

from django.db import migrations

REFUSAL = """
CREATE TRIGGER registry_journal_no_{verb} BEFORE {verb} ON registry_journalevent
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
"""

POSTGRESQL = """
CREATE FUNCTION registry_journal_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the journal is append-only' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER registry_journal_no_update BEFORE UPDATE ON registry_journalevent
FOR EACH ROW EXECUTE FUNCTION registry_journal_refuse();
CREATE TRIGGER registry_journal_no_delete BEFORE DELETE ON registry_journalevent
FOR EACH ROW EXECUTE FUNCTION registry_journal_refuse();
CREATE TRIGGER registry_journal_no_truncate BEFORE TRUNCATE ON registry_journalevent
FOR EACH STATEMENT EXECUTE FUNCTION registry_journal_refuse();
"""


def refuse(apps: Any, schema_editor: Any) -> None:  # noqa: ARG001 - the signature is Django's
    if schema_editor.connection.vendor == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            schema_editor.execute(REFUSAL.format(verb=verb))
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL)


class Migration(migrations.Migration):
    dependencies = [("registry", "0001_initial")]
    operations = [migrations.RunPython(refuse, migrations.RunPython.noop)]
