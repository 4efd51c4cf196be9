"""A mangled cell and what a right reader makes of it: the types that every kind of the corpus shares.

Belongs here: cases, kinds, the registry of kinds and how their generators draw. Does not belong here: any kind of
damage (numbers.py, dates.py, places.py …), writing workbooks (books.py), and judging what the product read.

The rule of truth: of all readings a competent official could mean, given the column's declared type, unit and bounds,
exactly one must be left for a value to be right; where several are left the only right answer is to ask.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from ingest.spec import Column, ColumnType, load_specs

SEED = 2023
DEFAULT_UNIT = "849"  # huyện Trà Cú, for cases that do not depend on whose report they stand in
DEFAULT_PERIOD = "2023Y"


class Answer(StrEnum):
    """What a reader may make of a cell."""

    VALUE = "value"  # the truth, as a typed value
    ASK = "ask"  # a problem, or a value outside the declared bounds, which is a finding too
    BLANK = "blank"  # no value and no problem: nothing is reported


class Group(StrEnum):
    """The headings of the domain's list of mess."""

    CLEAN = "clean"
    VALUES = "values"
    DATES = "dates"
    NAMES = "names"
    UNICODE = "unicode"
    FONTS = "fonts"
    SEMANTICS = "semantics"


@dataclass(frozen=True)
class CellError:
    """A cell whose formula failed, such as #REF!."""

    text: str


@dataclass(frozen=True)
class PercentCell:
    """A number shown as a percentage: 0.925 is seen as 92.5%."""

    value: float


@dataclass(frozen=True)
class Calculated:
    """A formula with the result that the sender's program kept."""

    formula: str
    value: float


Cell = str | int | float | bool | date | datetime | CellError | PercentCell | Calculated | None
Truth = str | int | Decimal | date | bool | None


@dataclass(frozen=True)
class Field:
    """A column of a form that cases may stand in."""

    form: str
    column: str

    @property
    def spec(self) -> Column:
        return load_specs()[self.form].column(self.column)


@dataclass(frozen=True)
class Case:
    """One cell. `truth` is the value meant (money in đồng, shares 0 to 100), None where no single one is."""

    field: Field
    cell: Cell
    truth: Truth
    allowed: frozenset[Answer]
    unit: str | None = None  # the unit printed beside the cell, where the column itself declares none
    font: str | None = None
    is_case_known: bool = True  # False: the font shows capitals that its bytes do not hold
    reporting_unit_id: str = DEFAULT_UNIT
    reporting_period_id: str = DEFAULT_PERIOD
    kind: str = ""

    @property
    def column_type(self) -> ColumnType:
        return self.field.spec.type

    @property
    def declared_unit(self) -> str | None:
        return self.field.spec.unit or self.unit

    @property
    def minimum(self) -> int | None:
        return self.field.spec.minimum

    @property
    def maximum(self) -> int | None:
        return self.field.spec.maximum

    @property
    def code_list(self) -> str | None:
        return self.field.spec.code_list

    def at(self, reporting_unit_id: str, reporting_period_id: str = DEFAULT_PERIOD) -> Case:
        """The same cell in the report of another unit."""
        return replace(self, reporting_unit_id=reporting_unit_id, reporting_period_id=reporting_period_id)

    def in_font(self, font: str) -> Case:
        return replace(self, font=font)


class Draw(random.Random):
    """The chance of one kind; a kind that is added or changed leaves the cases of the others as they were."""

    def __init__(self, seed: int, kind: str) -> None:
        super().__init__(f"{seed}:{kind}")


Generator = Callable[[Draw], Iterator[Case]]


@dataclass(frozen=True)
class Kind:
    """One kind of damage, with the reason for its truth in one line each of Vietnamese and English."""

    code: str
    group: Group
    description_vi: str
    description_en: str
    make: Generator

    @property
    def is_clean(self) -> bool:
        return self.group is Group.CLEAN

    def cases(self, seed: int = SEED) -> list[Case]:
        """Every case of the kind, each cell and place once."""
        made = (replace(case, kind=self.code) for case in self.make(Draw(seed, self.code)))
        return list({(case.field, case.cell.__class__, case.cell, case.unit, case.font, case.reporting_unit_id): case
                     for case in made}.values())  # fmt: skip


_KINDS: dict[str, Kind] = {}


def kind(code: str, group: Group, vi: str, en: str) -> Callable[[Generator], Generator]:
    """Enter a generator as a kind. Raises ValueError for a code that stands already."""

    def enter(make: Generator) -> Generator:
        if code in _KINDS:
            raise ValueError(f"two kinds are called {code}")
        _KINDS[code] = Kind(code, group, vi, en, make)
        return make

    return enter


def registered() -> tuple[Kind, ...]:
    """Kinds in the order of the groups, then of their modules."""
    order = list(Group)
    return tuple(sorted(_KINDS.values(), key=lambda entry: order.index(entry.group)))


def means(field: Field, cell: Cell, truth: Truth, unit: str | None = None) -> Case:
    """One reading only."""
    return Case(field, cell, truth, frozenset({Answer.VALUE}), unit)


def likely(field: Field, cell: Cell, truth: Truth, unit: str | None = None) -> Case:
    """One reading, of which a careful official would still rather be told: asking is as right as reading."""
    return Case(field, cell, truth, frozenset({Answer.VALUE, Answer.ASK}), unit)


def asks(field: Field, cell: Cell, unit: str | None = None) -> Case:
    """Several readings, or none."""
    return Case(field, cell, None, frozenset({Answer.ASK}), unit)


def empty(field: Field, cell: Cell, unit: str | None = None) -> Case:
    """Nothing stands there."""
    return Case(field, cell, None, frozenset({Answer.BLANK}), unit)


def nothing(field: Field, cell: Cell, unit: str | None = None) -> Case:
    """A word that nothing is reported: no value, asked or not, and never zero."""
    return Case(field, cell, None, frozenset({Answer.BLANK, Answer.ASK}), unit)


# The columns that cases stand in, by what they ask for.
MONEY = Field("funding_sources", "planned_vnd")
MONEY_FIELDS = tuple(
    Field("funding_sources", column)
    for column in ("planned_vnd", "assigned_vnd", "performed_vnd", "disbursed_vnd", "lent_vnd", "outstanding_vnd")
)
SIGNED_MONEY = Field("funding_sources", "adjusted_vnd")
COUNT = Field("helper_activities", "participant_count")
BORROWERS = Field("funding_sources", "borrower_count")
CRITERIA_MET = Field("criteria_summary", "criteria_met")  # 0 to 19
CRITERIA_CHANGE = Field("criteria_summary", "criteria_change")  # -19 to 19
PLAN_YEAR = Field("funding_sources", "plan_year")  # 2015 to 2035
MEASURE = Field("unit_criteria", "value")  # decimal, in the unit printed beside it
MARK = Field("unit_criteria", "verdict")
YES_NO = Field("helper_activities", "is_leader_present")
DATE = Field("helper_activities", "activity_date")
DATE_FIELDS = (DATE, Field("funding_sources", "assigned_on"), Field("unit_criteria", "planned_date"))
COMMUNE = Field("helper_activities", "commune_code")
PLACE = Field("funding_sources", "place_code")  # the communes and the reporting unit itself
AGENCY = Field("helper_activities", "agency_code")
PROGRAMME = Field("funding_sources", "programme_code")
CONTENT = Field("funding_sources", "content_code")
SOURCE = Field("funding_sources", "source_code")
NATURE = Field("funding_sources", "nature_code")
ACTIVITY_KIND = Field("helper_activities", "kind_code")
TEXT = Field("helper_activities", "result")
