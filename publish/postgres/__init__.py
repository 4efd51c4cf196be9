"""The current build in PostgreSQL, schema `marts`: stable tables whose rows are replaced in one transaction.

Belongs here: session.py (one connection), tables.py and memory.py (what stands there, what was promised), access.py
(who sees which rows and columns), transfer.py (rows), publication.py (all of it, in order), logins.py (whose login is
whose unit). Does not belong here: making a build (publish/publication.py), words of the marts (publish/dictionary.py).
"""
