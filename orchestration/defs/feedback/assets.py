"""Feedback: what each sender is told. Made by both jobs: intake answers what has no period, the build all the rest."""

import dagster as dg

from orchestration.defs.forms.assets import FINDINGS, VERDICTS
from orchestration.defs.intake.assets import SUBMISSIONS
from orchestration.resources import NtmSettings

FEEDBACK = dg.AssetKey("feedback")


@dg.asset(
    key=FEEDBACK,
    deps=[SUBMISSIONS, VERDICTS, FINDINGS],
    group_name="audit",
    kinds={"excel"},
    owners=["team:ntm-data"],
)
def feedback(ntm: NtmSettings) -> dg.MaterializeResult[None]:
    """A marked workbook and an acknowledgement for every judged file. What is answered is not answered again."""
    from expectations.answer.feedback import FOLDER, write_feedback

    settings = ntm.load()
    summary = write_feedback(settings)
    return dg.MaterializeResult(
        metadata={
            "folder": dg.MetadataValue.path(settings.data_dir / FOLDER),
            "files_answered": summary.answered,
            "workbooks_marked": summary.workbooks,
            "files_known": summary.known,
        }
    )
