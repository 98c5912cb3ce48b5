"""A folder whose papers belong to another case after all: it says so, for what was drafted in it must not go out."""

from __future__ import annotations

from pathlib import Path

from pipeline.delivering.writing import replace_file

MOVED_NAME = "本文件夹的文书作废（说明）.txt"


def tell_moved(left: str, name: str, round_folder: Path, outbox: Path) -> None:
    """Lays a note into the folder `left` (its path below the outbox); nothing where somebody has removed it.

    `name` is the clerk's name for the papers that stand in `round_folder` now.
    """
    folder = outbox / left
    if not folder.is_dir():
        return
    there = round_folder.relative_to(outbox).as_posix()
    lines = (
        f"本文件夹系审查“{name}”时所建。该材料已并入另一案件，审查结果见发件箱中的：",
        "",
        there,
        "",
        "本文件夹中的草稿不再使用，请勿签发、送达。",
    )
    replace_file(outbox, folder / MOVED_NAME, ("\r\n".join(lines) + "\r\n").encode("utf-8-sig"))
