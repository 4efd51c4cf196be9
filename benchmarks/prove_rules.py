"""The proof of the rules: every fault planted into a valid workbook, judged by the real way, and what came of it.

Belongs here: running the plantings of simulate/planting through intake and judgement, comparing, and docs/rules.md.
Does not belong here: the plantings themselves, the rules. `just prove-rules` writes the page.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from expectations.catalogue import Rule, load_catalogue
from expectations.verdict import Finding, Status, Verdict
from ingest.settings import OFFICE_TIME_ZONE, Settings, load_settings
from ingest.template import WrittenCells
from simulate.planting.base import bases
from simulate.planting.catalogue import plantings
from simulate.planting.declaration import Planting
from simulate.planting.report import Address, Spot

PAGE = Path(__file__).resolve().parents[1] / "docs" / "rules.md"
RUN_ID = "proof"
NOW = datetime(2026, 11, 20, 8, tzinfo=OFFICE_TIME_ZONE)
CLOSED = "city_closed"  # the city's base, its period closed before anything came
CLOSED_AT = datetime(2023, 6, 23, 17, tzinfo=OFFICE_TIME_ZONE)
PROVINCES = {"spring_2026": "86"}
NOTHING = "no fault"


@dataclass(frozen=True)
class Proof:
    """What came of one planting. `planting` None: the valid report itself, in which nothing may be found."""

    planting: Planting | None
    base: str
    expected: frozenset[Address]
    found: tuple[Finding, ...]  # of the rule
    extra: tuple[Finding, ...]  # neither of the rule nor of its declared consequences
    missing_consequences: tuple[str, ...]
    status: Status

    @property
    def is_hit(self) -> bool:
        return bool(self.found)

    @property
    def is_on_its_cell(self) -> bool:
        return {Address(one.sheet, one.cell) for one in self.found} == self.expected

    @property
    def is_clean(self) -> bool:
        """Found, on its cell, and nothing that was not declared."""
        if self.planting is None:
            return not self.extra
        return self.is_hit and self.is_on_its_cell and not self.extra and not self.missing_consequences


def prove(folder: Path, chosen: Iterable[Planting] | None = None) -> list[Proof]:
    """Judge every planting below a folder: one data folder per base, all its workbooks in one batch per period."""
    groups: dict[str, list[Planting | None]] = defaultdict(list)
    for planting in plantings() if chosen is None else chosen:
        groups[planting.base].append(planting)
    proofs = []
    for base, members in groups.items():
        if base != CLOSED:
            members.insert(0, None)
        proofs += _prove_base(folder / base, base, members)
    return proofs


def _prove_base(folder: Path, base: str, members: Sequence[Planting | None]) -> list[Proof]:
    settings = _settings(folder, base, NOW)
    valid = bases()["city" if base == CLOSED else base]
    earlier = None if base == CLOSED else valid.before
    while earlier is not None:
        before = earlier.copy()
        before.name = f"before {earlier.period}.xlsx"
        before.write(Path(settings.inbox))
        earlier = earlier.before
    expected: dict[str, tuple[Planting | None, frozenset[Address]]] = {}
    for number, planting in enumerate(members):
        report = valid.copy()
        report.name = f"{number:03d}.xlsx"
        report.cover["preparer_name"] = f"Người lập thứ {number}"  # else the same bytes would be the same submission
        spot = planting.plant(report) if planting is not None and planting.plant is not None else None
        path, cells = report.write(Path(settings.inbox))
        if planting is not None and planting.edit is not None:
            spot = planting.edit(path, cells)
            report.stamp(path)
        expected[report.name] = (planting, _addresses(spot, cells))
    if base == CLOSED:
        _close(_settings(folder, base, CLOSED_AT), valid.period)
    verdicts = _judge(settings)
    return [_compare(base, planting, spots, verdicts[name]) for name, (planting, spots) in expected.items()]


def _settings(folder: Path, base: str, now: datetime) -> Settings:
    province = PROVINCES.get(base, "84")
    return load_settings({"NTM_DATA_DIR": str(folder), "NTM_NOW": now.isoformat(), "NTM_PROVINCE": province})


def _close(settings: Settings, period_id: str) -> None:
    from ingest.decisions import Kind, record_decision

    record_decision(settings, Kind.CLOSED, period_id, decided_by="Chánh Văn phòng Điều phối")


def _judge(settings: Settings) -> Mapping[str, list[Verdict]]:
    """The verdicts by file name; a workbook may hold several reports."""
    from expectations.judge import judge_pending, judge_unidentified
    from expectations.judgement import load_verdicts
    from ingest.intake import identify_pending
    from ingest.reading import read_pending
    from ingest.receive import receive_inbox

    receive_inbox(settings, RUN_ID)
    identify_pending(settings, RUN_ID)
    read_pending(settings, RUN_ID)
    judge_unidentified(settings, RUN_ID)
    judge_pending(settings, RUN_ID)
    found: dict[str, list[Verdict]] = defaultdict(list)
    for _, verdict in sorted(load_verdicts(settings.ledger_dir).items()):
        found[verdict.file].append(verdict)
    return found


def _addresses(spot: Spot | list[Spot] | None, cells: WrittenCells) -> frozenset[Address]:
    spots = spot if isinstance(spot, list) else [Address(None) if spot is None else spot]
    return frozenset(one if isinstance(one, Address) else Address(*cells.cells.get(one, (None, None))) for one in spots)


def _compare(base: str, planting: Planting | None, spots: frozenset[Address], verdicts: Sequence[Verdict]) -> Proof:
    findings = [one for verdict in verdicts for one in verdict.findings]
    rule_id = planting.rule_id if planting else None
    declared = planting.consequences if planting else ()
    possible = planting.may_follow if planting else frozenset()
    told = {one.rule_id for one in findings}
    return Proof(
        planting=planting,
        base=base,
        expected=spots,
        found=tuple(one for one in findings if one.rule_id == rule_id),
        extra=tuple(one for one in findings if one.rule_id not in {rule_id, *declared, *possible}),
        missing_consequences=tuple(name for name in declared if name not in told),
        status=verdicts[0].status,
    )


def render(proofs: Sequence[Proof]) -> str:
    """docs/rules.md: what was proven, rule by rule in the order of rules.csv."""
    by_rule: dict[str, list[Proof]] = defaultdict(list)
    for proof in proofs:
        if proof.planting is not None:
            by_rule[proof.planting.rule_id].append(proof)
    rules = load_catalogue().values()
    planted = [proof for proof in proofs if proof.planting is not None]
    hits, cells = sum(one.is_hit for one in planted), sum(one.is_on_its_cell for one in planted)
    extra = sum(len(one.extra) for one in planted)
    lines = [
        "# Rules, and their proof",
        "",
        "Made by `just prove-rules`; do not edit. Each rule is planted as one fault in a valid workbook "
        "(`simulate/planting/`), which is received, read and judged as any other. *Found*: the rule spoke. *Cell*: on "
        "the cells where the fault stands, and on no other. *Extra*: findings that the planting does not declare. The "
        "same workbooks without a fault are accepted without a finding.",
        "",
        f"{len(rules)} rules, {len(by_rule)} of them planted, {len(planted)} plantings: found {hits}, on their cell "
        f"{cells}, silent {len(planted) - hits}, unlisted extra findings {extra}. Valid workbooks: "
        f"{sum(one.planting is None for one in proofs)}, findings in them "
        f"{sum(len(one.extra) for one in proofs if one.planting is None)}.",
        "",
        "| rule | severity | in force | what the sender reads | source | planted | found | cell | extra | follows |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for rule in rules:
        lines += _lines_of(rule, by_rule.get(rule.rule_id, []))
    return "\n".join(lines) + "\n"


def _lines_of(rule: Rule, proofs: Sequence[Proof]) -> list[str]:
    since = rule.in_force_from or "always"
    if rule.advice_from:
        since = f"{since} (advice from {rule.advice_from})"
    lines = []
    for number, proof in enumerate(proofs or [None]):
        about = [f"`{rule.rule_id}`", rule.severity.value, since, rule.message_vi, rule.legal_source or ""]
        shown = about if number == 0 else [f"`{rule.rule_id}`", "", "", "", ""]
        lines.append("| " + " | ".join(text.replace("|", "\\|") for text in (*shown, *_result(proof))) + " |")
    return lines


def _result(proof: Proof | None) -> tuple[str, ...]:
    if proof is None or proof.planting is None:
        return ("not planted", "", "", "", "")
    extra = ", ".join(sorted({one.rule_id for one in proof.extra})) or "0"
    follows = ", ".join(f"`{name}`" for name in proof.planting.consequences)
    yes = {True: "yes", False: "**no**"}
    return (proof.planting.fault, yes[proof.is_hit], yes[proof.is_on_its_cell], extra, follows)


def main(rule_ids: Sequence[str] = ()) -> int:
    """Prove, write the page, and fail where a planting is not clean or a rule has none; some rules only, no page."""
    from ingest import logs

    chosen = [one for one in plantings() if one.rule_id in rule_ids] if rule_ids else None

    logs.configure()
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="ntm-prove-") as folder:
        proofs = prove(Path(folder), chosen)
    if chosen is None:
        PAGE.write_text(render(proofs), encoding="utf-8")
    bad = [proof for proof in proofs if not proof.is_clean]
    for proof in bad:
        name = proof.planting.rule_id if proof.planting else NOTHING
        print(f"{name} ({proof.base}): found {[(one.sheet, one.cell) for one in proof.found]}, expected "
              f"{[(one.sheet, one.cell) for one in proof.expected]}, extra "
              f"{[(one.rule_id, one.cell) for one in proof.extra]}, missing {proof.missing_consequences}",
              file=sys.stderr)  # fmt: skip
    unproven = (set(rule_ids) or load_catalogue().keys()) - {
        proof.planting.rule_id for proof in proofs if proof.planting
    }
    if unproven:
        print(f"rules without a planting: {', '.join(sorted(unproven))}", file=sys.stderr)
    print(f"{len(proofs)} workbooks, {len(bad)} not clean, {time.monotonic() - started:.0f} s")
    return 1 if bad or unproven else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
