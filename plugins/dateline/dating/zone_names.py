"""The names that zones go by in print: abbreviations with one meaning, those with several, and names written out."""

from datetime import UTC, timedelta, timezone, tzinfo

from dateline.dating.words import listed

_ABBREVIATIONS = {
    0: "z gmt utc ut zulu wet",
    1: "west bst cet met mez wat seč",
    2: "cest cedt mest mesz eet oez cat sast selč",
    3: "eest oesz msk trt eat",
    4: "get azt",
    5: "pkt uzt",
    5.75: "npt",
    6: "almt",
    6.5: "mmt",
    7: "ict wib",
    8: "awst wita sgt hkt myt pht",
    9: "jst kst wit",
    9.5: "acst",
    10: "aest",
    10.5: "acdt",
    11: "aedt",
    12: "nzst",
    13: "nzdt",
    -2.5: "ndt",
    -3: "adt brt art clst",
    -3.5: "nst",
    -4: "edt clt",
    -5: "est cdt pet",
    -6: "cst mdt",
    -7: "mst pdt",
    -8: "pst akdt",
    -9: "akst",
    -10: "hst",
}
"""Hours from UTC, and what they are called. Those of RFC 822 (EST … PDT) mean what the standard says."""

_PLACES = {
    "America/New_York": "et|eastern time|new york time",
    "America/Chicago": "ct|central time",
    "America/Denver": "mt|mountain time",
    "America/Los_Angeles": "pt|pacific time",
    "America/Anchorage": "akt|alaska time",
    "Europe/London": "uk|uk time|london time|british time",
    "Europe/Dublin": "irish time|irish standard time|dublin time",
    "Europe/Paris": "paris time|heure de paris",
    "Europe/Berlin": "berlin time",
    "Asia/Jerusalem": "israel time|israel standard time|israel daylight time",
    "Asia/Kolkata": "india standard time|indian standard time",
    "Asia/Dubai": "gulf standard time",
}
"""Zones whose offset depends on the day."""

_WRITTEN_OUT = {
    "gmt": "greenwich mean time",
    "bst": "british summer time|gmt daylight time",
    "utc": "coordinated universal time|universal time",
    "cet": "central european time|central european standard time|mitteleuropäische zeit",
    "cest": "central european summer time|mitteleuropäische sommerzeit",
    "eet": "eastern european time|eastern european standard time",
    "eest": "eastern european summer time",
    "wet": "western european time|western european standard time",
    "west": "western european summer time",
    "msk": "moscow time|moscow standard time",
    "est": "eastern standard time",
    "edt": "eastern daylight time",
    "cst": "central standard time",
    "cdt": "central daylight time",
    "mst": "mountain standard time",
    "mdt": "mountain daylight time",
    "pst": "pacific standard time",
    "pdt": "pacific daylight time",
    "aest": "australian eastern standard time",
    "aedt": "australian eastern daylight time",
    "acst": "australian central standard time",
    "acdt": "australian central daylight time",
    "awst": "australian western standard time",
    "nzst": "new zealand standard time",
    "nzdt": "new zealand daylight time",
    "jst": "japan standard time",
    "kst": "korean standard time",
    "sgt": "singapore standard time",
    "hkt": "hong kong standard time",
    "pkt": "pakistan standard time",
    "eat": "east africa time",
    "wat": "west africa time",
    "cat": "central africa time",
    "sast": "south africa standard time",
}
"""Abbreviations, and what BBC and others write instead."""

AMBIGUOUS = frozenset(listed("at ist ast sst wst gst amt bdt ect pyt cot bt lt"))
"""Abbreviations of several places: they need the page's zone."""

UNIVERSAL = frozenset({"z", "gmt", "utc", "ut", "zulu", "greenwich mean time", "coordinated universal time"})

OFFSETS: dict[str, tzinfo] = {
    name: timezone(timedelta(hours=hours)) if hours else UTC
    for hours, names in _ABBREVIATIONS.items()
    for name in listed(names)
}

IANA: dict[str, str] = {name: zone for zone, names in _PLACES.items() for name in names.split("|")}

SHORT: dict[str, str] = {name: short for short, names in _WRITTEN_OUT.items() for name in names.split("|")}
