"""Running Great Expectations: a frame and a suite become the rows that failed, by rule.

Belongs here: the one place that knows its contexts, result formats and exceptions.
Does not belong here: what is expected (suites.py, evidence.py), what a failure means (judge.py).
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import great_expectations as gx
    import pandas as pd
    from great_expectations.core import ExpectationSuiteValidationResult
    from great_expectations.core.batch_definition import BatchDefinition
    from great_expectations.data_context import AbstractDataContext

FRAMES = "frames"


class ExpectationCrashed(RuntimeError):
    """An expectation could not be evaluated: our failure, never the sender's."""


@dataclass(frozen=True)
class Failure:
    """One row of the judged frame that broke a rule, by its number in the frame."""

    rule_id: str
    column: str
    row_no: int


@dataclass(frozen=True)
class Validation:
    """What one suite said about one frame. `result` is Great Expectations' own account, for Data Docs."""

    name: str
    failures: tuple[Failure, ...]
    result: ExpectationSuiteValidationResult


def new_context() -> AbstractDataContext:
    """An ephemeral context: no files, no telemetry, no progress bars."""
    os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
    import great_expectations as gx
    from great_expectations.data_context.types.base import ProgressBarsConfig

    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False, metric_calculations=False)
    return context


def validate(
    context: AbstractDataContext,
    name: str,
    frame: pd.DataFrame,
    suite: gx.ExpectationSuite,
    row_no: str,
    shown: Sequence[str] = ("submission_id", "sheet", "row_id"),
    rule_column: str | None = None,
) -> Validation:
    """Judge a frame by a suite whose expectations name rule_id and column in `meta`.

    `row_no` is the frame's column of row numbers; `shown` are columns that Data Docs print beside a failing value.
    `rule_column`: one of `shown` that names the broken rule row by row, in place of the expectation's own.
    Raises ExpectationCrashed.
    """
    batch = _frames_of(context).get_batch({"dataframe": frame})
    index = list(dict.fromkeys([*shown, row_no]))
    wanted: dict[str, Any] = {"result_format": "COMPLETE", "unexpected_index_column_names": index}
    if rule_column is not None:
        wanted["partial_unexpected_count"] = len(frame)  # all of them, or Data Docs would pass over some rules
    result: Any = batch.validate(suite, result_format=wanted)
    failures = []
    for outcome in result.results:
        meta = outcome.expectation_config.meta
        if messages := list(_exceptions_in(outcome.exception_info)):
            raise ExpectationCrashed(f"{name}, rule {meta['rule_id']}, column {meta['column']}: {messages[0]}")
        failing = outcome.result.get("unexpected_index_list") or []
        if not outcome.success and not failing:
            raise ExpectationCrashed(f"{name}, rule {meta['rule_id']}: failed without naming a row")
        failures += [
            Failure(found[rule_column] if rule_column else meta["rule_id"], meta["column"], int(found[row_no]))
            for found in failing
        ]
    return Validation(name, tuple(failures), result)


def _frames_of(context: AbstractDataContext) -> BatchDefinition[Any]:
    """The one way into a context for frames: each further data source would cost as much as a small validation."""
    if FRAMES not in context.data_sources.all():
        source = context.data_sources.add_pandas(FRAMES)
        return source.add_dataframe_asset(FRAMES).add_batch_definition_whole_dataframe(FRAMES)
    return context.data_sources.get(FRAMES).get_asset(FRAMES).get_batch_definition(FRAMES)


def _exceptions_in(exception_info: dict[str, Any]) -> Iterable[str]:
    """The exceptions of one expectation: told directly, or once per metric."""
    infos = [exception_info] if "raised_exception" in exception_info else list(exception_info.values())
    return [info["exception_message"] or "unknown exception" for info in infos if info["raised_exception"]]
