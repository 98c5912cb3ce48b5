"""The database backend that Django looks for here by its name."""

# mypy: disable-error-code="import-untyped,misc"

from __future__ import annotations

from django.db.backends.postgresql import base

WRITER_KEY = 0x6A7A
"""Of the lock that a transaction holds from its begin to its end; another database of the same server has its own."""


class DatabaseWrapper(base.DatabaseWrapper):
    """Every transaction waits at its begin until no other is under way; reading outside a transaction never waits.

    An office writes a few small transactions a minute. With this lock, whatever looks before it writes (the next event,
    the next number of a series, whether a case is there, who has claimed a submission) needs no lock of its own, and
    two transactions cannot wait for each other.
    """

    def _set_autocommit(self, autocommit: bool) -> None:
        super()._set_autocommit(autocommit)
        if autocommit:
            return
        try:
            with self.wrap_database_errors:
                self.connection.execute("SELECT pg_advisory_xact_lock(%s)", (WRITER_KEY,))
        except Exception:
            self.close()  # else the next caller would find itself in a transaction that has failed
            raise
