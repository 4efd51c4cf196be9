"""Replay: all marts rebuilt as the office knew them at a moment, from archive, ledger and landing, beside today's.

A replay is a data folder of its own, `replays/<moment>/`, with the ledger as of that moment, its own warehouse and the
same layout of published files; archive and landed rows are those of the office, by link. It stands on the clock of the
moment, so what was expected and what was late are as they were. Parser, rules, reference data and models are today's.
Belongs here: the making. Does not belong here: what was known when (ingest/ledger_as_of.py), arguments (cli_clocks.py).
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from pathlib import Path

from ingest import ledger
from ingest.ledger_as_of import first_receipt, missing_landing, write_as_of
from ingest.settings import OFFICE_TIME_ZONE, Settings
from orchestration.lock import one_writer
from orchestration.usage import WrongUsage
from publish.build import Build, current_build
from publish.inputs import inputs_digest, ledger_digest, write_json
from publish.publication import publish

FOLDER = "replays"
MARK = "replay.json"
END_OF_DAY = time(23, 59, 59, 999999)


class ReplayFailed(RuntimeError):
    """The marts could not be built as of the moment; the message says what failed."""


@dataclass(frozen=True)
class Replay:
    """The marts as known at `as_of`; `settings` are those of its folder, `is_new` is false where they stood already."""

    as_of: datetime
    settings: Settings
    build: Build
    is_new: bool


def moment_named(text: str, settings: Settings) -> datetime:
    """The instant that a person names, in UTC: without an offset the office's time, a bare day its end.

    Today is now. Raises WrongUsage for what is no moment, and for the future.
    """
    said = text.strip()
    try:
        moment = datetime.fromisoformat(said)
    except ValueError as error:
        raise WrongUsage(
            f"{text!r} is no moment. Write a day such as 2023-07-01 (its end is meant), or an instant such as "
            "2023-07-01T17:00 (office time) or 2023-07-01T10:00:00+00:00."
        ) from error
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=OFFICE_TIME_ZONE)
    now = settings.now.astimezone(UTC)
    if len(said) in (len("20230701"), len("2023-07-01")):
        is_today = moment.date() == settings.now.astimezone(OFFICE_TIME_ZONE).date()
        moment = now if is_today else datetime.combine(moment.date(), END_OF_DAY, OFFICE_TIME_ZONE)
    if moment > now:
        raise WrongUsage(f"{shown_moment(moment)} is in the future: it is {shown_moment(now)} now.")
    return moment.astimezone(UTC)


def replay(settings: Settings, as_of: datetime, out: Path | None = None) -> Replay:
    """Build and publish all marts as known at a moment, in `out` or `replays/<moment>/` below the data folder.

    A replay that stands and was made from what is stored now is left as it is. Raises WrongUsage where nothing had been
    received by then or `out` holds something else, ReplayFailed, AnotherRunIsAtWork.
    """
    from orchestration import dbt

    first = first_receipt(settings)
    if first is None:
        raise WrongUsage("Nothing has been received yet. Run `ntm run` first.")
    if as_of < first:
        raise WrongUsage(
            f"By {shown_moment(as_of)} nothing had been received; the first file came on {shown_moment(first)}."
        )
    folder = (out or settings.data_dir / FOLDER / _name_of(as_of)).expanduser().resolve()
    _take(folder, as_of)
    replayed = replace(settings, data_dir=folder, inbox=str(folder / "inbox"), now=as_of, postgres_dsn=None)
    with one_writer(settings):
        write_as_of(settings, as_of, replayed.ledger_dir, ledger_digest(settings)[:16])
    if lost := missing_landing(settings, ledger.read(replayed.ledger_dir, "reading_parts").to_pylist()):
        raise ReplayFailed(f"{len(lost)} landed file(s) are gone ({lost[0]} …). Run `ntm run`, which lands them again.")
    for name in ("archive", "landing"):
        _link(folder / name, settings.data_dir / name)
    with one_writer(replayed):
        build = current_build(replayed)
        if build and build.is_whole() and build.inputs_digest == inputs_digest(replayed):
            return Replay(as_of, replayed, build, is_new=False)
        replayed.warehouse_file.unlink(missing_ok=True)
        outcome = dbt.build(replayed, tested=False)
        if outcome.error:
            raise ReplayFailed(outcome.error)
        return Replay(as_of, replayed, publish(replayed), is_new=True)


def shown_moment(moment: datetime) -> str:
    """A moment as the office's clock shows it."""
    return f"{moment.astimezone(OFFICE_TIME_ZONE):%Y-%m-%d %H:%M:%S}"


def _name_of(moment: datetime) -> str:
    utc = moment.astimezone(UTC)
    return f"{utc:%Y%m%dT%H%M%S}{f'.{utc.microsecond:06d}' if utc.microsecond else ''}Z"


def _take(folder: Path, as_of: datetime) -> None:
    """Make the folder a replay's own; never write into one that holds something else."""
    mark, content = folder / MARK, {"as_of": as_of.isoformat()}
    if mark.exists():
        held = json.loads(mark.read_text(encoding="utf-8"))
        if held != content:
            raise WrongUsage(f"{folder} holds a replay as of {held.get('as_of')}; name another folder with --out.")
        return
    if folder.exists() and any(folder.iterdir()):
        raise WrongUsage(f"{folder} is not empty and no replay; name another folder with --out.")
    write_json(mark, content)


def _link(link: Path, target: Path) -> None:
    """A link that stays true when the data folder is moved with what lies in it."""
    wanted = os.path.relpath(target, link.parent)
    if link.is_symlink() and os.readlink(link) == wanted:
        return
    fresh = link.with_name(f".{link.name}.tmp")
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(wanted)
    fresh.replace(link)
