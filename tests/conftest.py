"""How much of what is tried at random: a seeded sample, or with `--full` the whole count.

Hypothesis goes without luck: the same examples on every run, and nothing left on the disk.
"""

import gc

import pytest
from hypothesis import HealthCheck, settings

for name, examples in (("sample", 20), ("whole", 300)):
    settings.register_profile(
        name,
        derandomize=True,
        database=None,
        deadline=None,
        max_examples=examples,
        suppress_health_check=[HealthCheck.too_slow],
    )


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--full",
        action="store_true",
        help="try the whole count where otherwise a seeded sample is tried (minutes, not seconds)",
    )


def pytest_configure(config: pytest.Config) -> None:
    settings.load_profile("whole" if config.getoption("--full") else "sample")
    config.addinivalue_line("markers", "full: tried with --full only")
    # As the program itself has it: thousands of small apps are made, and little of it is garbage.
    gc.set_threshold(50_000, 20, 100)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.getoption("--full"):
        left_out = [item for item in items if item.get_closest_marker("full")]
        items[:] = [item for item in items if not item.get_closest_marker("full")]
        config.hook.pytest_deselected(items=left_out)


def pytest_collection_finish() -> None:
    # What was imported and collected stays; nobody need look through it again.
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def full(request: pytest.FixtureRequest) -> bool:
    """Whether the whole count is asked for."""
    return bool(request.config.getoption("--full"))
