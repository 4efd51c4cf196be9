"""What a person may name on the command line, with suggestions where the name is not known.

Belongs here: units, periods, KEY=VALUE pairs, files. Does not belong here: commands (cli.py).
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ingest.settings import Settings

PROVINCE = "province"  # every unit, where a login is given one


class WrongUsage(ValueError):
    """The command cannot be understood as it was given; the message says what can."""


def period_named(text: str) -> str:
    """The id of a reporting period a workbook may be for, however it is cased. Raises WrongUsage."""
    from orchestration.periods import reporting_period_ids

    wanted = text.strip().upper()
    if wanted in reporting_period_ids():
        return wanted
    year = wanted[:4]
    near = [period_id for period_id in reporting_period_ids() if period_id.startswith(year)]
    near = near or difflib.get_close_matches(wanted, reporting_period_ids(), n=4, cutoff=0.3)
    near = near or list(reporting_period_ids()[-4:])
    raise WrongUsage(f"There is no reporting period {text!r}. Write one like {', '.join(near)}.")


def unit_named(text: str, period_id: str, settings: Settings) -> str:
    """The id of a reporting unit of the province that reports for a period, by code or by name. Raises WrongUsage."""
    from orchestration.periods import units_owing

    return _one_of(text, units_owing(settings, period_id), f"No unit {text!r} reports for {period_id}")


def unit_ever(text: str, settings: Settings) -> str:
    """The id of a unit of the province that reports for any period, by code or by name, or `province` for all of them.

    Raises WrongUsage.
    """
    from orchestration.periods import reporting_period_ids, units_owing

    if text == PROVINCE:
        return PROVINCE
    by_id = {unit["reporting_unit_id"]: unit for each in reporting_period_ids() for unit in units_owing(settings, each)}
    return _one_of(text, list(by_id.values()), f"No unit {text!r} reports")


def _one_of(text: str, units: Sequence[Mapping[str, Any]], unknown: str) -> str:
    from ingest.wording import fold

    wanted = fold(text)
    found = [unit for unit in units if text == unit["reporting_unit_id"]]
    found = found or [unit for unit in units if wanted == fold(unit["name_vi"])]
    found = found or [unit for unit in units if wanted and wanted in fold(unit["name_vi"])]
    if len(found) == 1:
        return str(found[0]["reporting_unit_id"])
    names = [fold(unit["name_vi"]) for unit in units]
    near = found or [units[names.index(name)] for name in difflib.get_close_matches(wanted, names, n=5, cutoff=0.5)]
    shown = "; ".join(f"{unit['reporting_unit_id']} {unit['name_vi']}" for unit in (near or units)[:12])
    problem = f"{text!r} may be several units" if found else unknown
    raise WrongUsage(f"{problem}. Units that do: {shown}.")


def keys_of(pairs: Sequence[str]) -> dict[str, str]:
    """KEY=VALUE arguments as a dict. Raises WrongUsage."""
    keys = {}
    for pair in pairs:
        key, equals, value = pair.partition("=")
        if not equals or not key:
            raise WrongUsage(f"{pair!r} is not KEY=VALUE, such as reporting_period_id=2023Q1.")
        keys[key] = value
    if not keys:
        raise WrongUsage("Name at least one KEY=VALUE, such as reporting_period_id=2023Q1.")
    return keys


def existing_paths(paths: Sequence[Path]) -> list[Path]:
    """The paths, when each is a file or folder. Raises WrongUsage."""
    for path in paths:
        if not path.exists():
            raise WrongUsage(f"There is no file {path}.")
    return list(paths)
