"""Fictional live pages in many shapes, for the reader of pages that nobody has described."""

from datetime import UTC, datetime, timedelta

START = datetime(2026, 11, 24, 18, 40, tzinfo=UTC)
POSTS = [
    (
        "Harbour fire is out",
        "Crews left the northern pier at dusk. Two men from the ferry office are being treated for smoke.",
    ),
    (
        "Ferries to run again",
        "The first boat to Gull Island leaves at noon, the company says, with half its usual seats on sale.",
    ),
    (
        "Minister on her way",
        "The minister for ports flies in tonight. She said: 'I was told of the fire at 8.20 a.m. and left at once.'",
    ),
    (
        "What we know so far",
        "Nobody was killed. The fire began below the fish market and spread along the old wooden arches.",
    ),
    (
        "Market stays shut",
        "Stallholders were told to come back on Thursday; the electricity is off in the whole of the quarter.",
    ),
    (
        "Smoke over the old town",
        "Residents of Sail Street are asked to keep their windows shut until the wind turns to the east.",
    ),
    (
        "A first picture",
        "Our photographer climbed the lighthouse to see the damage to the pier from above, some forty metres.",
    ),
    (
        "Alarm at the pier",
        "The fire brigade was called to the northern pier a few minutes ago. More as we get it in this blog.",
    ),
]


def moment(number):
    return START - timedelta(minutes=17 * number, seconds=7 * number)


def milliseconds(number):
    return int(moment(number).timestamp() * 1000)


def iso(number):
    return moment(number).strftime("%Y-%m-%dT%H:%M:%SZ")


def clock(number):
    return moment(number).strftime("%H:%M")


def object_id(number):
    return f"{int(moment(number).timestamp()):08x}7f08e408b758af{number:02x}"


def page(body, title="Harbour fire - live", head="", url=None):
    canonical = f'<link rel="canonical" href="{url}">' if url else ""
    return (
        f'<!doctype html><html lang="en"><head><title>{title}</title>{canonical}{head}</head><body>'
        '<header><nav><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport</a></li></ul></nav></header>'
        f"<main><h1>{title}</h1><p>Follow what happens at the harbour of Gull Bay, where a fire broke out this"
        f" afternoon.</p>{body}</main><footer><p>Published daily at 09:00</p></footer></body></html>"
    )


def each(template):
    return [
        template.format(
            n=number,
            title=title,
            text=text,
            ms=milliseconds(number),
            s=milliseconds(number) // 1000,
            iso=iso(number),
            clock=clock(number),
            hour=clock(number)[:2],
            minute=clock(number)[3:],
            basic=iso(number).replace("-", "").replace(":", ""),
            oid=object_id(number),
        )
        for number, (title, text) in enumerate(POSTS)
    ]


SHARE = '<ul class="tools"><li><a href="https://social.example/s">Share</a></li><li><button>Copy</button></li></ul>'

SHAPES = {
    "milliseconds in an attribute": "".join(
        each(
            '<section class="upd" data-stamp="{ms}"><div class="when">{clock}</div><h3>{title}</h3><p>{text}</p>'
            + SHARE
            + "</section>"
        )
    ),
    "time elements in a list": "<ol>"
    + "".join(each('<li><article><time datetime="{iso}">{clock}</time><h2>{title}</h2><p>{text}</p></article></li>'))
    + "</ol>",
    "hashed classes and shown clocks": '<div class="css-1x2y">'
    + "".join(
        each(
            '<div class="css-9a8b7c"><div class="css-aa1"><span class="css-bb2">{clock} GMT</span></div>'
            '<h3 class="css-cc3">{title}</h3><div class="css-dd4"><p>{text}</p></div></div>'
        )
    )
    + "</div>",
    "minutes ago": "".join(
        each('<div class="card"><span class="ago">{n}7 minutes ago</span><h4>{title}</h4><p>{text}</p></div>')
    ),
    "ids that carry time": "".join(each('<article class="b" id="block-{oid}"><h2>{title}</h2><p>{text}</p></article>')),
    "days that hold posts": "".join(
        f'<section class="day"><h2>{day}</h2>'
        + "".join(each('<div class="post"><b>{clock}</b><h3>{title}</h3><p>{text}</p></div>')[part])
        + "</section>"
        for day, part in (("Tuesday 24 November", slice(0, 4)), ("Monday 23 November", slice(4, 8)))
    ),
    "headings and paragraphs in one flow": "<div>"
    + "".join(each('<h3><time datetime="{iso}">{clock}</time> {title}</h3><p>{text}</p><p>More soon.</p>'))
    + "</div>",
    "a definition list": "<dl>"
    + "".join(each("<dt>{clock}</dt><dd><strong>{title}</strong><p>{text}</p></dd>"))
    + "</dl>",
    "the clock at the end": "".join(
        each('<div class="entry"><h3>{title}</h3><p>{text}</p><p class="meta">By Mira Aalto | {clock}</p></div>')
    ),
    "unquoted attributes": "".join(each("<div class=item data-t={s}><h3>{title}</h3><p>{text}</p></div>")),
    "a time on every third post": "".join(
        one if number % 3 == 0 else one.replace("<time>", "<!--").replace("</time>", "-->")
        for number, one in enumerate(
            each('<div class="row"><time>{clock}</time><p><b>{title}</b></p><p>{text}</p></div>')
        )
    ),
    "posts of several kinds": "".join(
        one.replace("KIND", ("text", "image", "video key")[number % 3])
        for number, one in enumerate(
            each('<div class="post post--KIND"><span class="t">{clock}</span><h3>{title}</h3><p>{text}</p></div>')
        )
    ),
    "most posts marked as key events": "".join(
        one.replace("KIND", "p" if number in {2, 5} else "p is-key")
        for number, one in enumerate(
            each(
                '<div class="KIND" id="p-{ms}"><time datetime="{iso}">{clock}</time><h3>{title}</h3><p>{text}</p></div>'
            )
        )
    ),
    "an element that a post left open": "".join(
        one.replace("<p>", "<section><p>") if number == 3 else one
        for number, one in enumerate(
            each('<div class="p" id="p-{ms}"><h3>{title}</h3><time datetime="{iso}">{clock}</time><p>{text}</p></div>')
        )
    ),
    "headlines in elements that are named so": "".join(
        each(
            '<div class="c"><div class="c__time">{clock}</div><div class="c__title title">{title}</div>'
            '<div class="c__body">{text}</div></div>'
        )
    ),
    "headlines in elements of a dress of their own": "".join(
        each(
            '<div class="xa"><div class="xb"><time datetime="{iso}"></time></div><div class="xc">{title}</div>'
            '<div class="xd">{text}</div><div class="xd">{text}</div></div>'
        )
    ),
    "days with slashes": "".join(
        each('<section class="u"><p>Updated Nov 24, 2026 / {clock} EST</p><h3>{title}</h3><p>{text}</p></section>')
    ),
    "hours and minutes ago": "".join(
        each('<li class="u"><div>1 hr {n}0 min ago</div><h3>{title}</h3><p>{text}</p></li>')
    ),
    "a clock in Dutch": "".join(each('<div class="u"><span>om {clock} uur</span><h3>{title}</h3><p>{text}</p></div>')),
    "a clock in Japanese": "".join(
        each('<div class="u"><span>{hour}時{minute}分</span><h3>{title}</h3><p>{text}</p></div>')
    ),
    "a time in a tooltip": "".join(
        each('<div class="u"><abbr class="timeago" title="{iso}"></abbr><h3>{title}</h3><p>{text}</p></div>')
    ),
    "an ISO time without its dashes": "".join(
        each('<div class="u" data-date="{basic}"><h3>{title}</h3><p>{text}</p></div>')
    ),
    "details that unfold": "".join(
        each('<details open><summary><time datetime="{iso}">{clock}</time> {title}</summary><p>{text}</p></details>')
    ),
    "elements of the publisher's own": "".join(
        each('<live-entry timestamp="{iso}"><h2>{title}</h2><p>{text}</p></live-entry>')
    ),
    "a table of three columns": "<table><thead><tr><th>Time</th><th>What</th><th>More</th></tr></thead><tbody>"
    + "".join(
        each('<tr><td><time datetime="{iso}">{clock}</time></td><td><strong>{title}</strong></td><td>{text}</td></tr>')
    )
    + "</tbody></table>",
    "the posts of an old table": "<table>"
    + "".join(each('<tr class="r"><td>{clock}</td><td><b>{title}</b><p>{text}</p></td></tr>'))
    + "</table>",
    "headlines that lead to the posts' own pages": "".join(
        each(
            '<div class="par" id="entry-{n}77"><div class="d">{clock}</div>'
            '<h4><a href="https://gullnews.example/liveblog_entry/{n}">{title}</a></h4><p>{text}</p><p>{text}</p></div>'
        )
    ),
    "posts that link to pages of their own": "".join(
        each(
            '<article class="c"><time datetime="{iso}">{clock}</time>'
            '<h3><a href="https://gullnews.example/live/harbour/card/{n}">{title}</a></h3><p>{text}</p></article>'
        )
    ),
}
