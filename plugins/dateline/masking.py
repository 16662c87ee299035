"""Secrets in addresses, taken out of whatever people read: rows, logs and messages.

Some interfaces want their key in the address (``?api-key=…``, a signed address of a bucket). It stays where it is
needed: in the source's file, in the request and in the archive's record of it. Everywhere else a digest of eight digits
stands in its place, so that two addresses stay two.
"""

import hashlib
import re

_NAME = (
    r"(?:[\w.-]*[-_.])?(?:api-?key|key|token|secret|sig|signature|auth|password|passwd|pwd|credential|jwt)"
    r"|apikey|accesstoken|authtoken|sessionid|awsaccesskeyid|googleaccessid"
)
_PARAMETER = re.compile(
    rf"([?&;#](?:amp;)?(?:{_NAME})=)(?!masked-[0-9a-f]{{8}}(?![0-9a-f]))([^&;#\s\"'<>]*[^&;#\s\"'<>:.,)])",
    re.IGNORECASE,
)
_LOGIN = re.compile(r"((?:http|redis)s?://)[^/\s@?#\"']+@", re.IGNORECASE)


def masked(text: str) -> str:
    """Mask the secrets of the addresses in a text.

    >>> masked("https://content.example/live?page=2&api-key=open-sesame: timeout")
    'https://content.example/live?page=2&api-key=masked-d7ecdf25: timeout'
    >>> masked("https://ana:secret@news.example/live?monkey=1")
    'https://***@news.example/live?monkey=1'
    """
    if "=" not in text and "@" not in text:
        return text
    return _PARAMETER.sub(_digested, _LOGIN.sub(r"\1***@", text))


def _digested(found: re.Match[str]) -> str:
    digest = hashlib.sha256(found[2].encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{found[1]}masked-{digest}"


def on_one_line(text: str) -> str:
    """Make a text fit for one line of a log: masked, and no line break or control character of a page's in it.

    >>> on_one_line("gone" + chr(13) + chr(10) + "INFO all is well" + chr(27) + "[2J")
    'gone��INFO all is well�[2J'
    """
    return "".join(one if one.isprintable() else "�" for one in masked(text))
