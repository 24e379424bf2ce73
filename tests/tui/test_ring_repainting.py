"""What of a ring is painted anew, and with which colours."""

import math

import pytest
from textual.app import App, ComposeResult
from textual.geometry import Region

from circle_tui.tui.theme import DARK, LIGHT
from circle_tui.tui.widgets.ring import Ring
from circle_tui.tui.widgets.ring_plan import plan
from circle_tui.views.ring import RingFace

from .ring_pictures import people


class Stage(App[None]):
    """A ring and nothing else."""

    def __init__(self) -> None:
        super().__init__()
        for theme in (DARK, LIGHT):
            self.register_theme(theme)
        self.theme = DARK.name

    def compose(self) -> ComposeResult:
        yield Ring(lambda _seat: False)


@pytest.fixture
def refreshed(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Region, ...]]:
    calls: list[tuple[Region, ...]] = []
    real = Ring.refresh

    def spy(self: Ring, *regions: Region, **options: bool) -> Ring:
        calls.append(regions)
        return real(self, *regions, **options)

    monkeypatch.setattr(Ring, "refresh", spy)
    return calls


async def test_the_same_picture_repaints_nothing(refreshed: list[tuple[Region, ...]]) -> None:
    async with Stage().run_test(size=(110, 31)) as pilot:
        ring = pilot.app.query_one(Ring)
        ring.show(
            RingFace(seats=people(6), remaining=0.5, digits="4:57", caption="Priya is speaking")
        )
        refreshed.clear()
        ring.show(
            RingFace(seats=people(6), remaining=0.5, digits="4:57", caption="Priya is speaking")
        )
        ring.show(
            RingFace(
                seats=people(6), remaining=0.5 + 1e-9, digits="4:57", caption="Priya is speaking"
            )
        )
        assert refreshed == []


async def test_a_second_repaints_a_few_rows(
    refreshed: list[tuple[Region, ...]],
) -> None:
    async with Stage().run_test(size=(110, 31)) as pilot:
        ring = pilot.app.query_one(Ring)
        ring.show(RingFace(seats=people(6), remaining=0.62, digits="4:57"))
        refreshed.clear()
        ring.show(RingFace(seats=people(6), remaining=0.61, digits="4:57"))
        [regions] = refreshed
        assert len({region.y for region in regions}) == len(regions) <= 6
        assert all((region.width, region.height) == (110, 1) for region in regions)


async def test_another_look_changes_the_colours_of_the_same_picture() -> None:
    async with Stage().run_test(size=(110, 31)) as pilot:
        ring = pilot.app.query_one(Ring)
        ring.show(
            RingFace(seats=people(6), remaining=0.62, digits="4:57", caption="Priya is speaking")
        )
        dark = [ring.render_line(y) for y in range(31)]
        pilot.app.theme = LIGHT.name
        await pilot.pause()
        light = [ring.render_line(y) for y in range(31)]
        assert [strip.text for strip in light] == [strip.text for strip in dark]
        ring_full = {
            segment.style.color.name
            for strip in light
            for segment in strip
            if {"▙", "▟"} & set(segment.text) and segment.style and segment.style.color
        }
        assert ring_full == {LIGHT.variables["ring-full"].lower()}


@pytest.mark.parametrize("size", [(110, 34), (80, 24), (40, 12), (20, 5), (3, 2), (1, 1)])
async def test_the_ring_is_painted_at_any_terminal_size(size: tuple[int, int]) -> None:
    async with Stage().run_test(size=size) as pilot:
        ring = pilot.app.query_one(Ring)
        ring.show(
            RingFace(seats=people(5), remaining=0.5, digits="4:57", caption="Priya is speaking")
        )
        strips = [ring.render_line(y) for y in range(size[1])]
        assert [strip.cell_length for strip in strips] == [size[0]] * size[1]


async def test_a_resized_ring_draws_itself_anew_with_what_it_showed() -> None:
    async with Stage().run_test(size=(110, 34)) as pilot:
        ring = pilot.app.query_one(Ring)
        ring.show(
            RingFace(seats=people(5), remaining=0.5, digits="4:57", caption="Priya is speaking")
        )
        await pilot.resize_terminal(40, 12)
        for _ in range(100):
            await pilot.pause()
            if ring.size.height <= 12:
                break
        shown = "\n".join(ring.render_line(y).text for y in range(12))
        assert "Priya is speaking" in shown
        assert "░" in shown
        assert (ring.remaining, ring.digits, ring.note) == (0.5, "4:57", "")


def test_the_way_round_begins_at_the_top_and_goes_to_the_right() -> None:
    pieces = plan(110, 31).pieces
    first = min(pieces, key=lambda piece: piece.first)
    assert first.row < 5
    assert first.column == 55
    quarter = min(pieces, key=lambda piece: abs(piece.first - 0.25))
    assert quarter.column > 55
    assert math.isclose(quarter.row, 15, abs_tol=1)
