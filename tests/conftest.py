"""How much of what is tried at random: a seeded sample, or with `--full` the whole count.

Hypothesis goes without luck: the same examples on every run, and nothing left on the disk.
"""

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "seeded",
    derandomize=True,
    database=None,
    deadline=None,
    max_examples=100,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("seeded")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--full",
        action="store_true",
        help="try the whole count where otherwise a seeded sample is tried (minutes, not seconds)",
    )


@pytest.fixture(scope="session")
def full(request: pytest.FixtureRequest) -> bool:
    """Whether the whole count is asked for."""
    return bool(request.config.getoption("--full"))
