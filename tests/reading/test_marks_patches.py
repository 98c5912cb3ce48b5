"""What counts as ink in a part of a page."""

from __future__ import annotations

import numpy as np

from pipeline.reading.marks.patches import cut_patch

WIDE, HIGH, DPI = 600, 120, 150.0


def _strokes(shade: np.ndarray) -> np.ndarray:
    """Grey paper of this lightness from left to right, with two strokes of a pen, 50 levels darker than their paper."""
    image = np.repeat(shade[None, :], HIGH, axis=0)
    image[40:80, 40:46] -= 50
    image[40:80, 550:556] -= 50
    return np.clip(image, 0, 255).astype(np.uint8)


def test_a_pen_in_the_shade_of_a_photograph_is_ink() -> None:
    """Light falls off across the patch by more than a pen is darker than its paper."""
    patch = cut_patch(_strokes(np.linspace(235.0, 110.0, WIDE)), DPI, (0.0, 0.0, 1.0, 1.0))
    assert patch.ink[50:70, 40:46].mean() > 0.9
    assert patch.ink[50:70, 550:556].mean() > 0.9
    assert patch.ink.mean() < 0.02


def test_even_paper_has_one_lightness() -> None:
    """The same strokes on a scan."""
    patch = cut_patch(_strokes(np.full(WIDE, 240.0)), DPI, (0.0, 0.0, 1.0, 1.0))
    assert patch.ink[50:70, 40:46].mean() > 0.9
    assert patch.ink.sum() == 2 * 40 * 6
