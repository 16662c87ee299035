"""Syndicated copies, without a database: prints, exact comparison, origin, relation, clusters.

Prints nominate pairs (:mod:`fingerprint`), exact counts decide (:mod:`verify`), numbers get names
(:mod:`relate`), and evidence says whose text it is (:mod:`attribute`). Finding the pairs among all that is
stored is :mod:`dateline.matching`'s work.
"""

from dateline.syndication.attribute import attribute

__all__ = ["attribute"]
