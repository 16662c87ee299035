"""Which zones a page's clocks may be in, from where it is published and in which language.

A country's top-level domain names its zones (br24.de: Europe/Berlin); those that are sold as words (``.tv``,
``.io``, ``.co`` …) name nothing. Else the language does, where it is at home in a handful of countries: Danish is
one zone, French or English none. Several zones give bounds; all of them agreeing on an instant gives the instant.
"""

from collections.abc import Iterable
from datetime import tzinfo
from functools import cache
from importlib.resources import files
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from dateline.dating.words import listed

SOLD_AS_WORDS = frozenset(
    listed("""
    ac ag ai am as bz cc cd co cx dj fm ga gg gl gq im io la ly me ml ms mu nu pw re sc sh so st tk to tv vc vg ws
    """)
)
"""Domains of countries that anyone buys: they say nothing of a place."""

_HOMES = """
    de: DE AT CH LI LU; it: IT CH; pl: PL; sv: SE FI; da: DK; nb: NO; nn: NO; no: NO; fi: FI; cs: CZ; sk: SK; hu: HU
    ro: RO MD; bg: BG; el: GR CY; hr: HR BA; sl: SI; sr: RS ME BA; tr: TR; nl: NL BE; uk: UA; et: EE; lv: LV; lt: LT
    is: IS; sq: AL MK; mk: MK; ja: JP; ko: KR; th: TH; vi: VN; he: IL; fa: IR; hi: IN; mr: IN; gu: IN; te: IN; kn: IN
    ml: IN; bn: IN BD; ta: IN LK; ur: PK IN; si: LK; ne: NP; zh: CN TW HK SG; ka: GE; hy: AM; az: AZ; id: ID; ms: MY SG
    ca: ES AD; eu: ES FR; gl: ES; ga: IE; cy: GB
"""
"""The countries in which a language's newsrooms sit; languages of many continents are left out."""


def zones_of_place(url: str | None, language: str | None) -> tuple[tzinfo, ...]:
    """Return the zones that an address, or else a language, speaks for; none where they say nothing.

    >>> zones_of_place("https://www.example.de/ticker", None)
    (zoneinfo.ZoneInfo(key='Europe/Berlin'), zoneinfo.ZoneInfo(key='Europe/Busingen'))
    """
    country = _country(url)
    found = zones_of_country(country) if country else ()
    if found or not language:
        return found
    homes = _homes().get(language.lower().replace("_", "-").split("-")[0], ())
    return _distinct(zone for home in homes for zone in zones_of_country(home))


@cache
def zones_of_country(country: str) -> tuple[tzinfo, ...]:
    """Return the zones of a country by its ISO code, as the IANA database lists them."""
    return tuple(ZoneInfo(name) for name in _table().get(country, ()))


def _country(url: str | None) -> str | None:
    try:
        host = (urlsplit(url).hostname or "") if url else ""
    except ValueError:
        return None
    label = host.rsplit(".", 1)[-1].lower()
    if len(label) != 2 or label in SOLD_AS_WORDS:
        return None
    return "GB" if label == "uk" else label.upper()


@cache
def _homes() -> dict[str, tuple[str, ...]]:
    pairs = [one.split(":") for line in _HOMES.strip().splitlines() for one in line.split(";")]
    return {language.strip(): listed(countries) for language, countries in pairs}


@cache
def _table() -> dict[str, tuple[str, ...]]:
    lines = (files("tzdata") / "zoneinfo" / "zone.tab").read_text(encoding="utf-8").splitlines()
    found: dict[str, tuple[str, ...]] = {}
    for line in lines:
        if line and not line.startswith("#"):
            country, _, name = line.split("\t")[:3]
            found[country] = (*found.get(country, ()), name)
    return found


def _distinct(zones: Iterable[tzinfo]) -> tuple[tzinfo, ...]:
    return tuple(dict.fromkeys(zones))
