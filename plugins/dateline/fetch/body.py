"""A body while it arrives: counted on the wire and after gzip, never held beyond its limits.

Gzip only, and only once. A body of any other encoding was not asked for and is refused unread: 1.5 kB of
brotli can become a gigabyte in one step of a decoder that nobody can stop.
"""

import zlib
from collections.abc import Iterable

from dateline.fetch.answer import Limits, Reason, failure

_STEP = 1 << 16
_RATIO_FROM_BYTES = 1_000_000


def is_gzipped(headers: Iterable[tuple[str, str]]) -> bool:
    """Say whether a body is packed with gzip. Raises :class:`FetchError` for any other encoding, or for two."""
    stated = ",".join(value for name, value in headers if name.lower() == "content-encoding")
    encodings = [word for word in (part.strip().lower() for part in stated.split(",")) if word not in {"", "identity"}]
    if not encodings:
        return False
    if encodings in (["gzip"], ["x-gzip"]):
        return True
    raise failure(Reason.REFUSED_ENCODING, f"the body is encoded as {', '.join(encodings)[:60]!r}; we asked for gzip.")


class Body:
    """Collects chunks; ``decoded`` is what they hold. Raises :class:`FetchError` at the first limit."""

    def __init__(self, limits: Limits, *, gzipped: bool) -> None:
        """Start empty."""
        self._limits = limits
        self._unpack = zlib.decompressobj(wbits=31) if gzipped else None
        self._wire: list[bytes] = []
        self._parts: list[bytes] = []
        self.wire_bytes = 0
        self.decoded_bytes = 0
        self.fault: str | None = None

    def add(self, chunk: bytes) -> None:
        """Take what arrived."""
        self.wire_bytes += len(chunk)
        if self.wire_bytes > self._limits.wire_bytes:
            raise failure(Reason.TOO_BIG, f"more than {self._limits.wire_bytes:,} bytes on the wire.")
        if self._unpack is None:
            self._keep(chunk)
            return
        self._wire.append(chunk)
        if self.fault is None:
            self._decode(chunk)

    def close(self) -> bytes:
        """Return the body decoded; where that failed, ``fault`` says why and the bytes are as on the wire."""
        if self._unpack is None:
            return b"".join(self._parts)
        if self.fault is None and self.wire_bytes and not self._unpack.eof:
            self.fault = "its gzip stream ends too soon"
        return b"".join(self._wire if self.fault else self._parts)

    def _decode(self, chunk: bytes) -> None:
        unpack = self._unpack
        while unpack is not None and chunk and not unpack.eof:
            try:
                self._keep(unpack.decompress(chunk, _STEP))
            except zlib.error as error:
                self.fault = f"it says gzip and is not: {error}"
                return
            chunk = unpack.unconsumed_tail

    def _keep(self, part: bytes) -> None:
        self._parts.append(part)
        self.decoded_bytes += len(part)
        if self.decoded_bytes > self._limits.decoded_bytes:
            raise failure(Reason.TOO_BIG, f"more than {self._limits.decoded_bytes:,} bytes when unpacked.")
        if self.decoded_bytes > max(_RATIO_FROM_BYTES, self._limits.ratio * self.wire_bytes):
            raise failure(Reason.TOO_BIG, f"unpacks to more than {self._limits.ratio} times its size.")
