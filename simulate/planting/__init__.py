"""Faults planted one at a time into valid workbooks: what a rule of the office must find, and nothing else."""
