"""What a failure means to the person at the terminal: whose turn it is, in one message and an exit code.

Belongs here: which exceptions are wrong usage and which are our own failure.
"""

from __future__ import annotations

import os
import traceback

WRONG_USAGE, OUR_FAILURE = 2, 3


def explain(error: Exception) -> tuple[int, str]:
    """Exit code and message. With NTM_DEBUG set, the message ends with the trace."""
    from ingest.settings import InvalidSetting
    from orchestration.dbt import DbtFailed
    from orchestration.lock import AnotherRunIsAtWork
    from orchestration.pipeline import PipelineFailed
    from orchestration.replay import ReplayFailed
    from orchestration.usage import WrongUsage
    from publish.contract import ContractBroken, InvalidMigration
    from publish.diff import NoSuchBuild
    from publish.extract import ExtractFailed
    from publish.figure_question import FigureRefused
    from publish.postgres.access import UndeclaredAccess
    from publish.postgres.logins import LoginRefused
    from publish.postgres.session import PostgresFailed
    from publish.publication import PublicationFailed
    from publish.report.words import NotReportable
    from publish.trace import TraceFailed

    trace = "\n" + "".join(traceback.format_exception(error)) if os.environ.get("NTM_DEBUG") else ""
    wrong_usage = WrongUsage | InvalidSetting | TraceFailed | FigureRefused | NoSuchBuild | NotReportable | LoginRefused
    if isinstance(error, wrong_usage):
        return WRONG_USAGE, f"{error}{trace}"
    if isinstance(error, AnotherRunIsAtWork | DbtFailed | PublicationFailed | ReplayFailed | ExtractFailed):
        return OUR_FAILURE, f"{error}{trace}"
    if isinstance(error, PostgresFailed | ContractBroken | InvalidMigration | UndeclaredAccess):
        return OUR_FAILURE, f"{error}{trace}"
    if isinstance(error, PipelineFailed) and error.step == "postgres_marts":
        return OUR_FAILURE, f"The marts are published as files, not to PostgreSQL: {error}\nThen: ntm publish{trace}"
    if isinstance(error, PipelineFailed):
        return (
            OUR_FAILURE,
            f"The run failed in step {error}\nNo marts were changed; mend the cause and run again.{trace}",
        )
    hint = "" if trace else "\nSet NTM_DEBUG=1 to see where."
    return OUR_FAILURE, f"ntm failed: {type(error).__name__}: {error}{hint}{trace}"
