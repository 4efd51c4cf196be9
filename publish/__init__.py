"""Marts → what people and tools read: versioned DuckDB and Parquet behind a pointer, and the way back to a cell.

Belongs here: publication.py (make a build), build.py (which one is current), inputs.py (what it is made from),
trace.py (from a published figure to the cell it was typed in). Does not belong here: making the marts (dbt_project).
"""
