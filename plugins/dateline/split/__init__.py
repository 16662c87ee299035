"""Flattened copies: one text becomes a lead and entries again, and what is not text is set apart.

:func:`split` is the one way in. A copy that kept its clocks is cut at them; one that lost them is cut where the
trained network, or for languages other than English a score of cohesion, sees an entry begin. `dateline.split.align`
gives entries the times of an original.
"""

from dateline.split.document import split

__all__ = ["split"]
