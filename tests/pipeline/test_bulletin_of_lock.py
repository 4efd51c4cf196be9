"""A bulletin speaks from the lock of its period: printed again it says the same, reopened it is refused or a draft."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from lxml import html

from ingest.settings import Settings
from orchestration import decisions
from orchestration.cli import run_command
from orchestration.pipeline import run_pipeline
from publish.build import current_build
from publish.snapshot import DRAFT_VI

pytestmark = pytest.mark.slow

PERIOD, TOWN = "2023Q1", "851"
FIRST = {"29515": 5_000_000}
BY, WHY = "Chánh Văn phòng", "khóa số liệu quý I"


@dataclass(frozen=True)
class Printed:
    """What one call of `ntm bulletin` gave."""

    code: int
    page: str | None

    @property
    def disbursed(self) -> list[str]:
        """Disbursed amounts of the table of money, exact."""
        found = html.fromstring(self.page or "").xpath("//section[@id='funding']//td[@data-label='Giải ngân']/span")
        return [number.get("data-value") for number in found if number.get("data-value")]


@dataclass(frozen=True)
class Story:
    closed: Printed
    again: Printed
    reopened: Printed
    draft: Printed
    build_at_lock: str
    snapshots: list[str]


@pytest.fixture(scope="module")
def story(
    tmp_path_factory: pytest.TempPathFactory, settings_in: Callable[[Path], Settings], send: Callable[..., Path]
) -> Story:
    place = tmp_path_factory.mktemp("province")
    settings = settings_in(place / "data")
    send(settings, "851/first.xlsx", "2023-03-20T09:00:00+07:00", unit=TOWN, funding=FIRST)
    run_pipeline(settings)
    build = current_build(settings)
    assert build is not None
    decisions.close(settings, PERIOD, BY, WHY)
    closed = printed(settings, place / "first.html")
    again = printed(settings, place / "again.html")
    decisions.reopen(settings, PERIOD, TOWN, BY, WHY)
    reopened = printed(settings, place / "refused.html")
    draft = printed(settings, place / "draft.html", "--draft")
    snapshots = sorted(path.name for path in (settings.data_dir / "snapshots").iterdir())
    return Story(closed, again, reopened, draft, build.build_id, snapshots)


def printed(settings: Settings, out: Path, *more: str) -> Printed:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NTM_DATA_DIR", str(settings.data_dir))
        patch.setenv("NTM_NOW", settings.now.isoformat())
        code = run_command(["bulletin", "--period", PERIOD, "--out", str(out), *more])
    return Printed(code, out.read_text(encoding="utf-8") if out.exists() else None)


def test_a_closed_period_is_printed_from_its_lock(story: Story) -> None:
    assert story.closed.code == 0
    assert story.closed.page is not None
    assert DRAFT_VI not in story.closed.page
    assert story.closed.disbursed[0] == "5000000"
    assert story.build_at_lock not in story.closed.page  # the snapshot is a build of its own
    assert len(story.snapshots) == 1


def test_printed_again_it_is_the_same_text(story: Story) -> None:
    assert (story.again.code, story.again.page) == (0, story.closed.page)


def test_a_reopened_period_is_refused_and_nothing_is_written(story: Story) -> None:
    assert (story.reopened.code, story.reopened.page) == (2, None)


def test_a_draft_is_of_the_current_build_and_says_that_it_is_one(story: Story) -> None:
    assert story.draft.code == 0
    assert story.draft.page is not None
    assert DRAFT_VI in story.draft.page
    assert story.build_at_lock in story.draft.page
