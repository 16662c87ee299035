"""The short English word lists that finding candidate places and describing them rests on, one blank between words."""

_OPENERS = """
the a an it in he she we this that these those there here what who when where why how but and so if while as at on for
from after before now meanwhile more just some one two our my its his her they you are is was were not no yes well also
against earlier thanks good hello ok right still then today yesterday tonight according asked although another back
because both by despite during even every first following got has have i'm let lots many most much nearly next nothing
off once only other over per please read reports see since something speaking stay take to under until up updated video
watch welcome with writing your
"""
_ABBREVIATIONS = """
mr mrs ms dr prof sen rep gov gen lt col sgt capt maj cmdr adm st no vs eg ie viz cf approx hon rev pm jr sr inc ltd co
corp dept est fig jan feb mar apr jun jul aug sept sep oct nov dec u.s u.k a.m p.m e.g i.e d.c
"""
_AGENCIES = """
reuters ap afp epa pa images getty rex corbis guardian shutterstock alamy bloomberg tv twitterid pic bbc xinhua tass
anadolu
"""
_ENGLISH = "the of and to a in that is was for on with he it as his be at by are have from this has said"
_FAREWELL = "summary recap thanks goodnight welcome hello closing evening morning live blog coverage updates"

OPENERS = frozenset(_OPENERS.split())
"""Words that open sentences: with a capital inside a line they show that a stop or a break was lost before them."""
JOINERS = frozenset(("of", "the", "a", "an", "in", "at", "for", "to", "from", "with", "by", "on", "and", "or", "as"))
"""Words that go on to a name: a capital after them begins nothing."""
ABBREVIATIONS = frozenset(_ABBREVIATIONS.split())
AGENCIES = frozenset(_AGENCIES.split())
MONTHS = frozenset(
    (
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    )
)
CREDITS = frozenset(
    ("credit", "photograph", "photo", "picture", "image", "source", "illustration", "video", "composite")
)
PRONOUNS = frozenset(("he", "she", "it", "they", "his", "her", "their", "its", "him", "them", "this", "that"))
PRONOUNS |= {"these", "those", "which", "who"}
LINKERS = frozenset(("but", "and", "so", "however", "also", "then", "meanwhile", "because", "although", "though"))
LINKERS |= {"or", "yet", "still"}
SPEECH = frozenset(("said", "says", "added", "told", "tweeted", "writes", "wrote", "asked", "replied", "reports"))
SPEECH |= {"according"}
FAREWELL = frozenset(_FAREWELL.split())
ENGLISH = frozenset(_ENGLISH.split())
"""The commonest words of English: text with many of them is English."""
