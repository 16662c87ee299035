"""Readers of pages: one file per format, its name is the format's name, its presence its registration.

A format module has one public function and, before it, what must be found for it to be tried::

    MARKS = ('data-js="live-post"',)      # any of these in the body; () means: always tried

    def extract(page: Page, source: Source) -> Document | None:
        "Read a Telegraph live page, or return None where this is not one."

``extract`` is literal: it says what the publisher says. What must be there is indexed, and its
absence raises; :func:`read` turns that into a reject and goes on with the next reader.
"""
