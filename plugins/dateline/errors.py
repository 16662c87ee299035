"""Every error that Dateline raises on purpose: one root, one class per stage.

A message says where, what was found, and what to do. Secrets in the addresses that it names are masked.
"""

from dateline.masking import masked


class DatelineError(Exception):
    """The root: catch this at the edge, never in the core."""

    def __init__(self, message: str = "") -> None:
        """Keep the message, without secrets."""
        super().__init__(masked(message))


class SettingsError(DatelineError):
    """A setting is missing or cannot be used."""


class SourceError(DatelineError):
    """A source file is wrong: its key, its type or its value."""


class FetchError(DatelineError):
    """An address did not answer as it should.

    ``reason`` is one word of a closed list (``timeout``, ``too_big``, ``refused_address`` …);
    ``is_final`` is true where asking again is pointless.
    """

    def __init__(self, reason: str, message: str, *, is_final: bool = False) -> None:
        """Keep the reason beside the message: retry policies decide on it."""
        super().__init__(message)
        self.reason = reason
        self.is_final = is_final


class ArchiveError(DatelineError):
    """A record is missing, torn, or not the bytes that the warehouse remembers."""


class StoreError(DatelineError):
    """The archive's store did not answer, or refused our keys: nothing is known of what it holds."""


class ExtractError(DatelineError):
    """A capture cannot be read as what it claims to be."""


class DatingError(DatelineError):
    """A stated time cannot be understood; the reading keeps it as stated."""


class SplitError(DatelineError):
    """A text cannot be split, or the splitter's weights are not the ones it was built for."""


class SyndicationError(DatelineError):
    """Two texts cannot be compared, or stored prints are of another version."""


class WarehouseError(DatelineError):
    """The warehouse cannot be opened, is of another version, or refused a load."""


class ReplayError(DatelineError):
    """A moment or a document cannot be played back."""
