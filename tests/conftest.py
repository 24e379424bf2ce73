"""How much of what is tried at random: a seeded sample, or with `--full` the whole count."""

import pytest


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
