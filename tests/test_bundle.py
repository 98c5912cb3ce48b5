"""The offline bundle: what a target needs, what cannot be had for it, and that it installs without a network."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.bundling import Target, bundle, wheels
from pipeline.bundling.target import needed
from pipeline.bundling.wheels import FetchError
from pipeline.cli import app
from pipeline.errors import UsageError

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "requirements.txt"


def quiet(_step: str) -> None:
    """Nobody looks at the progress."""


def names(**target: str) -> set[str]:
    return {locked.name for locked in needed(LOCK, Target(**target))}


def test_the_lock_is_read_for_the_target_and_not_for_this_machine():
    """Windows needs what Linux does not, ARM has no OpenVINO, and each Python has one numpy."""
    windows = names(platform="win_amd64", python="3.11")
    linux = names(platform="manylinux_2_28_x86_64", python="3.11")
    arm = names(platform="manylinux_2_28_aarch64", python="3.11")
    assert {"colorama", "tzdata"} <= windows - linux
    assert {"openvino"} <= linux - arm
    assert {"pip", "django", "onnxruntime", "psycopg"} <= windows & linux & arm
    for python in ("3.11", "3.12"):
        found = needed(LOCK, Target(platform="win_amd64", python=python))
        assert [locked.name for locked in found].count("numpy") == 1
        assert all(locked.hashes for locked in found)


def test_a_newer_glibc_runs_wheels_for_an_older_one():
    """pip would look for the very tag alone."""
    tags = Target(platform="manylinux_2_28_x86_64").tags()
    assert {"manylinux_2_28_x86_64", "manylinux_2_17_x86_64", "manylinux2014_x86_64"} <= set(tags)
    assert "manylinux_2_31_x86_64" not in tags


@pytest.mark.parametrize(
    "target", [{"platform": "windows"}, {"platform": "win_amd64", "python": "2.7"}, {"python": "3.99"}]
)
def test_an_unknown_target_is_refused(target, tmp_path):
    """Before anything is fetched."""
    with pytest.raises(UsageError):
        bundle(tmp_path / "包", Target(**target), progress=quiet)


def test_what_cannot_be_had_is_named_before_anything_is_written(tmp_path, monkeypatch):
    """Every such package, not only the first."""

    def pip(*arguments: object) -> None:
        text = Path(str(arguments[-1])).read_text(encoding="utf-8")
        if any(name in text for name in ("openvino==", "onnxruntime==")):
            raise FetchError("No matching distribution found")

    monkeypatch.setattr(wheels, "_pip", pip)
    with pytest.raises(UsageError, match="openvino") as caught:
        bundle(tmp_path / "包", Target(platform="win_amd64", python="3.11"), progress=quiet)
    assert "onnxruntime" in caught.value.message
    assert "win_amd64" in caught.value.message
    assert "numpy" not in caught.value.message
    assert list(tmp_path.iterdir()) == []


def test_a_package_that_would_have_to_be_compiled_there_cannot_be_had(tmp_path, monkeypatch):
    """A wheel built here runs only here."""

    def pip(verb: str, *arguments: object) -> None:
        if verb == "download":
            raise FetchError("No matching distribution found")
        folder = Path(str(arguments[arguments.index("-w") + 1]))
        (folder / "compiled-1-cp311-cp311-linux_x86_64.whl").touch()

    monkeypatch.setattr(wheels, "_pip", pip)
    (tmp_path / "wheels").mkdir()
    packages = needed(LOCK, Target(platform="win_amd64", python="3.11"))[:1]
    with pytest.raises(UsageError, match="只有源码"):
        wheels.fetch(packages, Target(platform="win_amd64", python="3.11"), tmp_path / "wheels", quiet)


def made_wheel(folder: Path, name: str, metadata: str) -> None:
    with zipfile.ZipFile(folder / f"{name}-1.0-py3-none-any.whl", "w") as archive:
        archive.writestr(f"{name}-1.0.dist-info/METADATA", f"Name: {name}\nVersion: 1.0\n{metadata}\n\n")


@pytest.fixture
def faked(monkeypatch):
    """pip brings three small wheels."""

    def pip(verb: str, *arguments: object) -> None:
        folder = Path(str(arguments[arguments.index("-d" if verb == "download" else "-w") + 1]))
        if verb == "wheel":
            made_wheel(folder, "juanzong", "License-Expression: Apache-2.0")
            return
        made_wheel(folder, "pip", "License: MIT")
        made_wheel(folder, "plain", "Classifier: License :: OSI Approved :: BSD License")

    monkeypatch.setattr(wheels, "_pip", pip)


@pytest.mark.parametrize(("platform", "script"), [("win_amd64", "安装.bat"), ("manylinux_2_28_x86_64", "安装.sh")])
def test_a_bundle_holds_wheels_hashes_licences_and_the_script_of_its_platform(tmp_path, faked, platform, script):
    """And nothing that was only needed to make it."""
    done = bundle(tmp_path / "包", Target(platform=platform, python="3.11"), progress=quiet)
    assert done.wheels == 3
    found = {path.name for path in (tmp_path / "包").iterdir()}
    assert found == {"wheels", "requirements.txt", "许可证清单.txt", "说明.txt", script}
    lines = (tmp_path / "包" / "requirements.txt").read_text(encoding="utf-8").splitlines()
    content = (tmp_path / "包" / "wheels" / "plain-1.0-py3-none-any.whl").read_bytes()
    assert f"plain==1.0 --hash=sha256:{hashlib.sha256(content).hexdigest()}" in lines
    licences = (tmp_path / "包" / "许可证清单.txt").read_text(encoding="utf-8")
    assert [line.split("\t")[2] for line in licences.splitlines()[2:]] == ["Apache-2.0", "MIT", "BSD License"]
    text = (tmp_path / "包" / script).read_bytes().decode()
    assert "pip-1.0-py3-none-any.whl" in text
    assert "--require-hashes" in text
    assert "${p" not in text
    assert (b"\r\n" in (tmp_path / "包" / script).read_bytes()) == (platform == "win_amd64")


def test_a_folder_that_is_in_use_is_not_written_to(tmp_path, faked):
    """Neither over files nor over a file."""
    (tmp_path / "包").mkdir()
    (tmp_path / "包" / "重要.txt").touch()
    with pytest.raises(UsageError, match="空的"):
        bundle(tmp_path / "包", Target(platform="win_amd64", python="3.11"), progress=quiet)


def test_the_command_says_what_it_made(tmp_path, faked):
    """One line with the size, one with what to read next."""
    done = CliRunner().invoke(
        app, ["bundle", str(tmp_path / "包"), "--platform", "win_amd64", "--python-version", "3.11"]
    )
    assert done.exit_code == 0, done.output
    assert "3个安装包" in done.stdout


@pytest.mark.skipif(os.name == "nt", reason="the script of a Windows bundle was not tried")
@pytest.mark.slow
@pytest.mark.full
def test_a_bundle_installs_with_the_network_switched_off(tmp_path):
    """Made for this machine, installed in a network namespace without any interface where the system allows that."""
    bundle(tmp_path / "包", Target(), progress=quiet)
    alone = ["unshare", "-n"] if _can_switch_off() else []
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "PYTHON": sys.executable, "PIP_NO_INDEX": "1"}
    done = subprocess.run(
        [*alone, "sh", str(tmp_path / "包" / "安装.sh"), str(tmp_path / "装")],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    shown = subprocess.run(
        [tmp_path / "装" / ".venv" / "bin" / "juanzong", "version"], capture_output=True, text=True, check=True
    )
    assert shown.stdout.startswith("juanzong ")


def _can_switch_off() -> bool:
    program = shutil.which("unshare")
    return program is not None and subprocess.run([program, "-n", "true"], check=False).returncode == 0
