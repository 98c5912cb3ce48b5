"""Nothing works on one system only without a reason: what POSIX alone has is guarded wherever it is used."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
MODULES = sorted(path for room in ("pipeline", "schemas") for path in (ROOT / room).rglob("*.py"))
POSIX_MODULES = {"fcntl", "grp", "pwd", "resource", "termios", "tty", "pty", "syslog"}
POSIX_NAMES = {
    "os": {"fork", "forkpty", "getuid", "geteuid", "getgid", "getegid", "killpg", "setsid", "sched_getaffinity", "sync", "statvfs", "chown", "mkfifo", "uname", "nice", "wait", "getpgid", "O_NOFOLLOW", "O_DIRECTORY"},
    "signal": {"SIGKILL", "SIGHUP", "SIGUSR1", "SIGUSR2", "SIGALRM", "alarm", "setitimer", "pthread_sigmask", "SIGCHLD"},
}  # fmt: skip


def posix_uses(tree: ast.AST) -> list[tuple[int, str]]:
    """Line and name of each use that Windows lacks, outside of a guard."""
    found: list[tuple[int, str]] = []

    def visit(node: ast.AST, guarded: bool) -> None:
        guarded = guarded or _guards(node)
        if not guarded:
            found.extend((getattr(node, "lineno", 0), name) for name in _names(node))
        for child in ast.iter_child_nodes(node):
            visit(child, guarded)

    visit(tree, guarded=False)
    return found


def _guards(node: ast.AST) -> bool:
    """`if os.name …`, `if hasattr(os, …)`, `try: import … except ImportError`, `with suppress(…)`."""
    if isinstance(node, ast.If | ast.IfExp):
        test = ast.unparse(node.test)
        return any(word in test for word in ("os.name", "sys.platform", "hasattr", "platform.system"))
    if isinstance(node, ast.Try):
        return any(
            handler.type is not None
            and ("ImportError" in ast.unparse(handler.type) or "Attribute" in ast.unparse(handler.type))
            for handler in node.handlers
        )
    return False


def _names(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names if alias.name in POSIX_MODULES]
    if isinstance(node, ast.ImportFrom):
        return [node.module] if node.module in POSIX_MODULES else []
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        return [f"{node.value.id}.{node.attr}"] if node.attr in POSIX_NAMES.get(node.value.id, ()) else []
    return []


def test_what_only_posix_has_is_guarded():
    """Windows is where the archive clerk works."""
    uses = {
        path.relative_to(ROOT).as_posix(): posix_uses(ast.parse(path.read_text(encoding="utf-8"))) for path in MODULES
    }
    assert {path: found for path, found in uses.items() if found} == {}


@pytest.mark.parametrize(
    ("code", "uses"),
    [
        ("import fcntl", 1),
        ("import os\nos.killpg(1, 9)", 1),
        ("import os\nif os.name != 'nt':\n    import fcntl\n    os.fork()", 0),
        ("try:\n    import resource\nexcept ImportError:\n    pass", 0),
        ("import os\nx = os.sched_getaffinity(0) if hasattr(os, 'sched_getaffinity') else 1", 0),
    ],
)
def test_the_search_finds_what_it_is_to_find(code, uses):
    """Guards count, and only guards."""
    assert len(posix_uses(ast.parse(code))) == uses
