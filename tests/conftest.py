"""How much is tried of long lists and at random: a sample, or with `--full` the whole count.

Hypothesis goes without luck: the same examples on every run, and nothing left on the disk.
"""

import gc

import pytest
from hypothesis import HealthCheck, settings

from .sampling import Case, tried

for name, examples in (("sample", 8), ("whole", 300)):
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
        help="try the whole count where otherwise a sample is tried (minutes, not seconds)",
    )


def pytest_configure(config: pytest.Config) -> None:
    settings.load_profile("whole" if config.getoption("--full") else "sample")
    config.addinivalue_line("markers", "full: tried with --full only")
    config.addinivalue_line("markers", "sampled(count): without --full so many of its cases")
    if not config.getoption("--full"):
        # A picture of a case that is left out is in use all the same.
        config.option.disable_unused_snapshots = True
    # As the program itself has it: thousands of small apps are made, and little of it is garbage.
    gc.set_threshold(50_000, 20, 100)


def _case(item: pytest.Item) -> Case:
    sampled = item.get_closest_marker("sampled")
    return Case(
        item.nodeid.partition("[")[0],
        sampled=sampled.args[0] if sampled else None,
        full_only=item.get_closest_marker("full") is not None,
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    answers = tried([_case(item) for item in items], full=config.getoption("--full"))
    left_out = [item for item, answer in zip(items, answers, strict=True) if not answer]
    items[:] = [item for item, answer in zip(items, answers, strict=True) if answer]
    config.hook.pytest_deselected(items=left_out)


def pytest_collection_finish() -> None:
    # What was imported and collected stays; nobody need look through it again.
    gc.collect()
    gc.freeze()


def pytest_sessionfinish() -> None:
    # pytest looks for garbage five times at the end: once all there is, and then what is new.
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def full(request: pytest.FixtureRequest) -> bool:
    """Whether the whole count is asked for."""
    return bool(request.config.getoption("--full"))
