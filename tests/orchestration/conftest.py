"""Definitions are loaded once per session, with their manifest in a folder of the tests' own."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture(scope="session", autouse=True)
def own_data_dir(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """NTM_DATA_DIR of the session, so that loading the definitions writes nothing into the checkout."""
    before = os.environ.get("NTM_DATA_DIR")
    os.environ["NTM_DATA_DIR"] = str(tmp_path_factory.mktemp("ntm"))
    yield Path(os.environ["NTM_DATA_DIR"])
    if before is None:
        del os.environ["NTM_DATA_DIR"]
    else:
        os.environ["NTM_DATA_DIR"] = before
