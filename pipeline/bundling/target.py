"""The machine that a bundle is for, and what of the lock it needs."""

from __future__ import annotations

import platform
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from packaging.requirements import Requirement

from pipeline.errors import UsageError
from schemas.base import Frozen

_PLATFORM = re.compile(
    r"(?P<windows>win)_(?P<win_arch>amd64|arm64)|manylinux_2_(?P<glibc>\d+)_(?P<arch>x86_64|aarch64)|macosx_\d+_\d+_(?P<mac_arch>arm64|x86_64)"
)
_OLD_NAMES = {17: "manylinux2014", 12: "manylinux2010", 5: "manylinux1"}
_OLDEST_GLIBC = 5


class Target(Frozen):
    """`platform` as wheels name it; empty for this machine. `python` as `3.11`."""

    platform: str = ""
    python: str = f"{sys.version_info.major}.{sys.version_info.minor}"

    def demand_known(self) -> None:
        """Raises UsageError for a platform or version that cannot be bundled for."""
        if self.platform and not _PLATFORM.fullmatch(self.platform):
            raise UsageError(
                f"无法识别的平台：{self.platform}。可用：win_amd64、manylinux_2_28_x86_64、manylinux_2_28_aarch64"
                "（数字为 glibc 版本，用 ldd --version 查看）、macosx_13_0_arm64。"
            )
        if not re.fullmatch(r"3\.\d+", self.python) or int(self.python.split(".")[1]) < 11:  # noqa: PLR2004 - 3.11
            raise UsageError(f"Python 版本应当是 3.11 或者更高，写作 3.11：{self.python}")
        if not self.platform and self.python != f"{sys.version_info.major}.{sys.version_info.minor}":
            raise UsageError("指定 --python-version 的，请同时以 --platform 指定平台。")

    @property
    def is_windows(self) -> bool:
        return self.platform.startswith("win") or (not self.platform and sys.platform == "win32")

    def tags(self) -> tuple[str, ...]:
        """The platforms whose wheels run there: each glibc runs what was built for an earlier one."""
        match = _PLATFORM.fullmatch(self.platform)
        if match is None or match["glibc"] is None:
            return (self.platform,) if self.platform else ()
        arch = match["arch"]
        found = []
        for minor in range(int(match["glibc"]), _OLDEST_GLIBC - 1, -1):
            found.append(f"manylinux_2_{minor}_{arch}")
            if minor in _OLD_NAMES:
                found.append(f"{_OLD_NAMES[minor]}_{arch}")
        return tuple(found)

    def environment(self) -> dict[str, str]:
        """What the markers of the lock ask about."""
        match = _PLATFORM.fullmatch(self.platform)
        version = {"python_version": self.python, "python_full_version": f"{self.python}.0"}
        python = {"implementation_name": "cpython", "platform_python_implementation": "CPython"}
        if match is None:
            return {**version, "python_full_version": platform.python_version()}
        if match["windows"]:
            system = {"sys_platform": "win32", "os_name": "nt", "platform_system": "Windows"}
            return {**version, **python, **system, "platform_machine": match["win_arch"].upper()}
        if match["mac_arch"]:
            system = {"sys_platform": "darwin", "os_name": "posix", "platform_system": "Darwin"}
            return {**version, **python, **system, "platform_machine": match["mac_arch"]}
        system = {"sys_platform": "linux", "os_name": "posix", "platform_system": "Linux"}
        return {**version, **python, **system, "platform_machine": match["arch"]}


class Locked(Frozen):
    """One package of the lock."""

    name: str
    version: str
    hashes: tuple[str, ...]

    def line(self) -> str:
        return " ".join((f"{self.name}=={self.version}", *(f"--hash={found}" for found in self.hashes)))


def needed(lock: Path, target: Target) -> tuple[Locked, ...]:
    """The packages of a lock that the target needs. pip itself would judge the markers by this machine."""
    return tuple(locked for requirement, locked in _locked(lock) if _applies(requirement, target))


def _applies(requirement: Requirement, target: Target) -> bool:
    return requirement.marker is None or requirement.marker.evaluate(dict(target.environment()))


def _locked(lock: Path) -> Iterator[tuple[Requirement, Locked]]:
    text = lock.read_text(encoding="utf-8").replace("\\\n", " ")
    for line in text.splitlines():
        if not line.strip() or line.lstrip().startswith(("#", "-")):
            continue
        stated, *hashes = line.split("--hash=")
        requirement = Requirement(stated.strip())
        (pin,) = requirement.specifier
        yield (
            requirement,
            Locked(name=requirement.name, version=pin.version, hashes=tuple(found.strip() for found in hashes)),
        )
