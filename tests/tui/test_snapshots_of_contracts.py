"""The screens of contracts as pictures, at three sizes: `pytest --full --snapshot-update`
takes them anew.
"""

from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from circle_tui.service.clock import ManualClock

from .app_driver import SIZES, run_app
from .contract_states import CONTRACT_STATES
from .screen_states import create_folder_for, go_to_state


@pytest.mark.sampled(2)
@pytest.mark.parametrize("scene", CONTRACT_STATES)
async def test_scene(
    folder: Path, clock: ManualClock, snapshot: SnapshotAssertion, scene: str
) -> None:
    create_folder_for(folder, clock, scene)
    async with run_app(folder, clock) as driver:
        await go_to_state(driver, scene)
        for width, height in SIZES:
            await driver.resize(width, height)
            assert driver.app.export_screenshot() == snapshot(name=f"{width}x{height}")
