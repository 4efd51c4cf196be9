"""The rule catalogue: rules.csv as typed objects, and the words of a finding.

Belongs here: severity, words and legal source of every rule, and the digest that names the rule book in force.
Does not belong here: how a rule is checked (suites.py for columns, sql/ for queries, declared.py for what form specs
declare, ingest for structure).
"""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

RULES_VERSION = "3"  # raise it with every change of judging code that gives another verdict
RULES_FILE = Path(__file__).parent / "rules.csv"
SQL_DIR = Path(__file__).parent / "sql"

BLANK_VI, BLANK_EN = "(trống)", "(blank)"
UNCONFIRMED_VI = " Lưu ý: ngưỡng này chưa được đối chiếu với văn bản gốc, chỉ dùng để nhắc kiểm tra."
UNCONFIRMED_EN = " Note: this threshold has not been checked against the official text; it only asks for a check."

_BEFORE, _SQL_COMMENT = re.compile(r"\b(\w+)_before\b"), re.compile(r"--[^\n]*")


class Severity(StrEnum):
    """Heaviest first: rejects the submission, quarantines the row, flags, informs."""

    BLOCKING = "blocking"
    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class RuleKind(StrEnum):
    STRUCTURE = "structure"  # named by ingest while it opens and reads the workbook
    COLUMN = "column"  # one expectation per form column, where the spec asks for it
    QUERY = "query"  # evidence made by sql/<rule_id>.sql
    DECLARED = "declared"  # evidence made by declared.py, where form specs declare it


class InvalidCatalogue(ValueError):
    """rules.csv contradicts itself or lacks a rule; the message says which line to mend."""


@dataclass(frozen=True)
class Rule:
    """One line of rules.csv. `forms` is empty where the rule may concern any form."""

    rule_id: str
    forms: tuple[str, ...]
    kind: RuleKind
    severity: Severity
    advice_from: str | None  # reporting period from which the rule is told as advice; null: never merely advice
    in_force_from: str | None  # reporting period from which it has its full severity; null: always
    consequence_of: tuple[str, ...]  # rules whose finding at the same place makes this one superfluous
    message_vi: str
    message_en: str
    expected: str | None
    legal_source: str | None

    @property
    def has_evidence(self) -> bool:
        """Whether the rule is judged on evidence made by SQL."""
        return self.kind in (RuleKind.QUERY, RuleKind.DECLARED)

    def severity_in(self, period_id: str | None) -> Severity | None:
        """Severity of a finding about a period; None where the rule is silent. Advice at most warns."""
        if self.in_force_from is None or _reached(self.rule_id, self.in_force_from, period_id):
            return self.severity
        if self.advice_from is None or not _reached(self.rule_id, self.advice_from, period_id):
            return None
        return Severity.WARNING if self.severity in (Severity.BLOCKING, Severity.ERROR) else self.severity

    def holds_in(self, period_id: str | None) -> bool:
        """Whether the rule says anything about reports of a period."""
        return self.severity_in(period_id) is not None


def _reached(rule_id: str, first_id: str, period_id: str | None) -> bool:
    """Whether a period closes no earlier than the first one; what has no period is judged by every rule."""
    from ingest import reference

    first, judged = reference.period(first_id), reference.period(period_id) if period_id else None
    if first is None:
        raise InvalidCatalogue(f"rule {rule_id}: {first_id} is no reporting period")
    return judged is None or judged["data_to"] >= first["data_to"]


@cache
def load_catalogue() -> dict[str, Rule]:
    """Every rule by its id, in the order of rules.csv. Raises InvalidCatalogue."""
    with RULES_FILE.open(encoding="utf-8", newline="") as file:
        rules = [_rule_from(line) for line in csv.DictReader(file)]
    by_id = {rule.rule_id: rule for rule in rules}
    if len(by_id) != len(rules):
        raise InvalidCatalogue("rules.csv: a rule_id stands twice")
    _check_consequences(by_id)
    for rule in rules:
        if rule.severity in (Severity.BLOCKING, Severity.ERROR) and forms_before(rule):
            raise InvalidCatalogue(
                f"rule {rule.rule_id} is {rule.severity.value}, but its evidence looks at an earlier period: "
                "such a rule is at most a warning, or verdicts would depend on what else was sent"
            )
    return by_id


def rule(rule_id: str) -> Rule:
    """The rule of that id. Raises InvalidCatalogue: a rule without words must not reach a sender."""
    try:
        return load_catalogue()[rule_id]
    except KeyError:
        raise InvalidCatalogue(f"rule {rule_id} is not in rules.csv: add its line") from None


def query_rules(period_id: str | None) -> list[Rule]:
    """The rules judged on SQL evidence in a period, in the order of rules.csv."""
    return [rule for rule in load_catalogue().values() if rule.has_evidence and rule.holds_in(period_id)]


def sql_of(rule_id: str) -> str:
    """The SQL that makes the evidence of a rule. Raises InvalidCatalogue where its file is missing."""
    from expectations import declared

    if rule_id in declared.RULES:
        return declared.sql_of(rule_id)
    path = SQL_DIR / f"{rule_id}.sql"
    if not path.exists():
        raise InvalidCatalogue(f"rule {rule_id} is a query rule: write {path.name} in {SQL_DIR.name}/")
    return path.read_text(encoding="utf-8")


def place_of(rule_id: str) -> str:
    """Where the SQL of a rule is written."""
    from expectations import declared

    return f"declared.py, {rule_id}" if rule_id in declared.RULES else f"{SQL_DIR.name}/{rule_id}.sql"


def forms_before(rule: Rule) -> frozenset[str]:
    """The forms whose rows of an earlier period the rule looks at; empty for a rule that stays in its submission."""
    from ingest.spec import load_specs

    has_file = (SQL_DIR / f"{rule.rule_id}.sql").exists()
    if not (rule.kind is RuleKind.DECLARED or (rule.kind is RuleKind.QUERY and has_file)):
        return frozenset()
    named = set(_BEFORE.findall(_SQL_COMMENT.sub("", sql_of(rule.rule_id))))
    return frozenset(form for form in load_specs() if form in named)


def neighbour_forms(rules: Iterable[Rule] | None = None) -> frozenset[str]:
    """The forms that these rules, by default all, compare with an earlier period."""
    chosen = load_catalogue().values() if rules is None else rules
    return frozenset(form for rule in chosen for form in forms_before(rule))


@cache
def rules_id() -> str:
    """Digest of what a verdict rests on, 12 hex digits: rules.csv, the rules' SQL, and reference data."""
    from ingest import reference

    digest = hashlib.sha256(f"{RULES_VERSION}\0{reference.digest()}".encode())
    for path in (RULES_FILE, *sorted(SQL_DIR.glob("*.sql"))):
        digest.update(path.name.encode() + b"\0" + path.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()[:12]


def words_of(
    rule: Rule, found: Mapping[str, str | None], expected_en: str | None, unconfirmed: bool
) -> tuple[str, str]:
    """The Vietnamese and the English message of one finding.

    found: value, expected, column, sheet and cell as shown to the sender; null where there is none.
    expected_en: what the English message says in place of a Vietnamese `expected`.
    unconfirmed: the finding rests on a threshold that nobody checked against the official text; the message says so.
    """
    vietnamese = {name: text or BLANK_VI for name, text in found.items()}
    english = {name: text or BLANK_EN for name, text in found.items()}
    english["expected"] = expected_en or found.get("expected") or BLANK_EN
    message_vi, message_en = rule.message_vi.format_map(vietnamese), rule.message_en.format_map(english)
    return (message_vi + UNCONFIRMED_VI, message_en + UNCONFIRMED_EN) if unconfirmed else (message_vi, message_en)


def _check_consequences(by_id: Mapping[str, Rule]) -> None:
    """Every cause is a rule, and none is, over others, its own consequence: both findings would vanish."""
    for rule in by_id.values():
        if unknown := [cause for cause in rule.consequence_of if cause not in by_id]:
            raise InvalidCatalogue(f"rules.csv, rule {rule.rule_id}: consequence_of names {unknown}: no such rules")
        causes, reached = list(rule.consequence_of), set[str]()
        while causes:
            cause = causes.pop()
            if cause == rule.rule_id:
                raise InvalidCatalogue(f"rules.csv, rule {rule.rule_id}: it is in the end a consequence of itself")
            if cause not in reached:
                reached.add(cause)
                causes += by_id[cause].consequence_of


def _rule_from(line: Mapping[str, str]) -> Rule:
    try:
        return Rule(
            rule_id=line["rule_id"],
            forms=tuple(line["form"].split("|")) if line["form"] else (),
            kind=RuleKind(line["kind"]),
            severity=Severity(line["severity"]),
            advice_from=line["advice_from"] or None,
            in_force_from=line["in_force_from"] or None,
            consequence_of=tuple(line["consequence_of"].split("|")) if line["consequence_of"] else (),
            message_vi=line["message_vi"],
            message_en=line["message_en"],
            expected=line["expected"] or None,
            legal_source=line["legal_source"] or None,
        )
    except (KeyError, ValueError) as error:
        raise InvalidCatalogue(f"rules.csv, rule {line.get('rule_id')!r}: {error}") from error
