"""The period bulletin: one HTML file that a leader looks at, made from one snapshot; nothing is fetched for it.

Belongs here: its numbers (each with the key by which marts tell it again), words, plots and page. Does not belong here:
which snapshot speaks (orchestration/snapshots.py), ratios (fct_metric defines them).
"""
