"""The table of Podio's documented operations, and the generator that makes `podio.areas` of it.

`operations.tsv` is the source: read, reviewed and edited by people. ``python -m tools.operations`` writes the modules.
"""
