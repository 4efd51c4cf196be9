"""The topics of the sample beyond criteria, recognitions, money by source and helping communes."""

from __future__ import annotations

from simulate import (
    activities,
    apparatus,
    area_reports,
    commune_profile,
    conditions,
    contributions,
    criterion_changes,
    dossier_facts,
    evaluations,
    health_insurance,
    helper_coverage,
    helper_summaries,
    obstacles,
    policies,
    reassessment,
    roadmap,
    satisfaction,
    support,
    target_results,
    tasks,
    thematic,
    townships,
    unmet_indicators,
)
from simulate.topic import Topic

TOPICS: tuple[Topic, ...] = (
    # one line per topic
    unmet_indicators.TOPIC,
    commune_profile.TOPIC,
    apparatus.TOPIC,
    health_insurance.TOPIC,
    criterion_changes.TOPIC,
    activities.TOPIC,
    satisfaction.TOPIC,
    townships.TOPIC,
    conditions.TOPIC,
    contributions.TOPIC,
    obstacles.TOPIC,
    support.TOPIC,
    helper_summaries.TOPIC,
    reassessment.TOPIC,
    thematic.TOPIC,
    tasks.TOPIC,
    policies.TOPIC,
    area_reports.TOPIC,
    target_results.TOPIC,
    dossier_facts.TOPIC,
    roadmap.TOPIC,
    evaluations.TOPIC,
    helper_coverage.TOPIC,
)
