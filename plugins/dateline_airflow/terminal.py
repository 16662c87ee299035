"""Text on its way to a terminal."""


def printable(text: str) -> str:
    """Take the teeth out of text from a page: no control character reaches the terminal.

    >>> printable("a" + chr(27) + "[31mb")
    'a [31mb'
    """
    return "".join(one if one.isprintable() else " " for one in text)
