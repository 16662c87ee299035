"""A feed with a hub of its own, on loopback: it subscribes, verifies, refuses, signs and pushes as WebSub says.

``news`` are the titles in the feed; ``publish`` adds one and tells every subscriber, with the feed or (``thin``)
without a word. Each request to the hub is in ``asked``.
"""

import hashlib
import hmac
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.error import HTTPError
from urllib.parse import parse_qsl, urlencode
from urllib.request import Request, urlopen

FEED = """<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel>
<title>The Harbour Courier</title><link>{base}/</link>{links}{items}</channel></rss>"""
LINKS = '<atom:link rel="self" href="{base}/feed.xml"/><atom:link rel="hub" href="{base}/hub"/>'
ITEM = (
    "<item><title>{title}</title><guid>{base}/{n}</guid><link>{base}/{n}</link>"
    "<pubDate>Sat, 14 Mar 2026 09:{n:02}:00 GMT</pubDate></item>"
)


class LoopbackHub(ThreadingHTTPServer):
    """The feed is at ``/feed.xml``, the hub at ``/hub``; a context manager."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.base = f"http://127.0.0.1:{self.server_port}"
        self.news = ["Tide gates close"]
        self.offers_hub = True
        self.is_hasty = False  # verify before the request is answered, as some hubs do
        self.refusal = None  # the status of an answer that refuses
        self.denial = None  # the reason of a hub that refuses later
        self.lease = 3600
        self.asked = []
        self.polled = 0
        self.seen = []
        self.verified = []
        self.subscribers = {}

    def __enter__(self):
        threading.Thread(target=self.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.shutdown()
        self.server_close()

    def feed(self, titles=None):
        items = [ITEM.format(title=one, base=self.base, n=n) for n, one in enumerate(self.news)]
        links = LINKS.format(base=self.base) if self.offers_hub else ""
        shown = items[::-1] if titles is None else items[::-1][:titles]
        return FEED.format(base=self.base, links=links, items="".join(shown)).encode()

    def take(self, form):
        """Do what a hub does with a request, once it has answered."""
        callback, mode = form["hub.callback"], form["hub.mode"]
        if self.denial:
            self.call(callback, {"hub.mode": "denied", "hub.topic": form["hub.topic"], "hub.reason": self.denial})
            return
        question = {"hub.mode": mode, "hub.topic": form["hub.topic"], "hub.challenge": f"riddle-{len(self.asked)}"}
        if mode == "subscribe":
            question["hub.lease_seconds"] = str(self.lease)
        status, text = self.call(callback, question)
        self.verified.append((mode, status))
        if status // 100 == 2 and text == question["hub.challenge"]:
            if mode == "subscribe":
                self.subscribers[callback] = form["hub.secret"]
            else:
                self.subscribers.pop(callback, None)

    def call(self, callback, question):
        return _answer(Request(f"{callback}?{urlencode(question)}"))

    def publish(self, title, *, thin=False, titles=None, secret=None, method="sha256"):
        """Add an item and tell all subscribers; return what each answered."""
        self.news.append(title)
        body = b"" if thin else self.feed(titles)
        return [self.push(callback, body, secret or own, method) for callback, own in self.subscribers.items()]

    def push(self, callback, body, secret, method="sha256"):
        digest = hmac.new(secret.encode(), body, getattr(hashlib, method)).hexdigest()
        headers = {"Content-Type": "application/rss+xml", "X-Hub-Signature": f"{method}={digest}"}
        return _answer(Request(callback, data=body, headers=headers, method="POST"))[0]


def _answer(request):
    try:
        with urlopen(request, timeout=10) as answer:
            return answer.status, answer.read().decode()
    except HTTPError as error:
        return error.code, ""


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.seen.append(self.path)
        is_feed = self.path.partition("?")[0] == "/feed.xml"
        self.server.polled += is_feed
        body = self.server.feed() if is_feed else b""
        self.reply(200 if is_feed else 404, body)

    def do_POST(self):
        form = dict(parse_qsl(self.rfile.read(int(self.headers["Content-Length"])).decode(), strict_parsing=True))
        self.server.asked.append(form)
        if self.server.refusal:
            self.reply(self.server.refusal)
        elif self.server.is_hasty:
            self.server.take(form)
            self.reply(204)
        else:
            self.reply(202)
            self.server.take(form)

    def reply(self, status, body=b""):
        self.send_response(status)
        self.send_header("Content-Type", "application/rss+xml")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Stay silent."""
