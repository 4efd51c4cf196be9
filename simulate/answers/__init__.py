"""The answers that the sample province must give to the question book, computed from the simulator's truth.

Belongs here: one function per question, of truth tables and a day, from the definitions and from reference data.
Does not belong here: SQL, or anything that reads marts; the product never imports this package.
"""
