"""A province that reports, and the truth of what it reports on."""

from simulate.province import SimulationSummary, simulate

__all__ = ["SimulationSummary", "simulate"]
