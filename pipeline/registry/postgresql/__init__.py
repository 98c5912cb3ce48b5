"""Django's PostgreSQL, but one writer at a time, as SQLite has it: no two processes can both append event 8."""
