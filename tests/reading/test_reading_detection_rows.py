"""Lines that stand so close that the network's spots touch, and digits that stand alone."""

import numpy as np

from pipeline.reading.detection import detect


def _network(heat: np.ndarray):
    return lambda _: heat[None, None]


def _heat(*spots: tuple[int, int, int, int], bridge: tuple[int, int, int, int] | None = None) -> np.ndarray:
    """A map of 960 x 704 with sure spots (left, top, right, bottom), and an unsure bridge between them."""
    heat = np.zeros((960, 704), np.float32)
    if bridge:
        left, top, right, bottom = bridge
        heat[top:bottom, left:right] = 0.4
    for left, top, right, bottom in spots:
        heat[top:bottom, left:right] = 1.0
    return heat


def _boxes(heat: np.ndarray) -> list[tuple[float, float, float, float]]:
    page = np.full((960, 704, 3), 255, np.uint8)
    found = [(c[:, 0].min(), c[:, 1].min(), c[:, 0].max(), c[:, 1].max()) for c in detect(_network(heat), page, None)]
    return sorted(found, key=lambda box: (box[1], box[0]))


LINES = [(50, top, 300, top + 10) for top in range(100, 260, 40)]


def test_a_short_second_line_that_touches_the_first_is_a_line_of_its_own() -> None:
    """A wrapped value in a cell is two lines, of which none may get lost."""
    heat = _heat(*LINES, (400, 100, 500, 110), (400, 114, 440, 124), bridge=(400, 108, 440, 116))
    cell = [box for box in _boxes(heat) if box[0] > 350]
    assert len(cell) == 2
    assert cell[0][2] > 495
    assert cell[1][2] < 460


def test_two_lines_of_one_length_that_touch_are_two() -> None:
    """Lines one below the other that ran together along their whole length are told apart."""
    heat = _heat(*LINES, (400, 100, 500, 110), (400, 114, 500, 124), bridge=(400, 108, 500, 116))
    assert len([box for box in _boxes(heat) if box[0] > 350]) == 2


def test_a_title_in_large_letters_stays_one_line() -> None:
    """A spot thicker than the others whose core is one piece is one line."""
    assert len(_boxes(_heat(*LINES, (200, 30, 500, 60)))) == len(LINES) + 1


def test_the_words_of_one_line_are_not_torn_apart() -> None:
    """Cores that stand side by side belong to one row, however thick the spot is."""
    heat = _heat(*LINES, (200, 30, 330, 60), (345, 30, 500, 60), bridge=(320, 32, 350, 58))
    assert len([box for box in _boxes(heat) if box[1] < 70]) == 1


def test_a_digit_alone_in_its_cell_is_seen() -> None:
    """The spot of a single digit is mostly edge: the sure middle tells."""
    heat = _heat(*LINES)
    heat[300:308, 600:606] = 0.35
    heat[302:306, 601:605] = 0.95
    assert len([box for box in _boxes(heat) if box[0] > 580]) == 1


def test_a_weak_spot_is_no_line() -> None:
    """What the network is nowhere sure of stays out."""
    heat = _heat(*LINES)
    heat[300:310, 500:600] = 0.4
    assert len(_boxes(heat)) == len(LINES)
