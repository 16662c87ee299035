"use strict";
/* Plays a tape: what changed at each look is applied forward from the nearest kept state. Texts come from the web and
   reach the page through textContent alone. */
(() => {
  const tape = JSON.parse(document.getElementById("tape").textContent);
  const by = (id) => document.getElementById(id);
  const KINDS = {
    posted: "New", restored: "Back", edited: "Edited", "re-dated": "Re-dated", pinned: "Pinned", unpinned: "Unpinned",
    moved: "Moved", deleted: "Deleted", left: "No longer on the page",
  };
  const ARRIVALS = new Set(["posted", "restored"]);
  const DEPARTURES = new Set(["deleted", "left"]);
  const PINNED = 1, KEY = 2, SUMMARY = 4, OFF_PAGE = 8;
  const KEEP_EVERY = 40, IDLE_SECONDS = 2, STATUS_EVERY = 5000, MOST_LABELS = 40;

  let axis = tape.axes[0], looks = axis.looks, now = 0, number = -1, playing = false, last = 0, spoke = 0;
  let zone = "UTC", kept = [], state = null;
  const nodes = new Map();

  /* The state of the posts. */

  const emptyState = () => ({ order: [], ghosts: new Map(), edits: new Map(), fresh: new Map() });

  function stateAt(target) {
    if (target < 0) return emptyState();
    let from = Math.min(Math.floor(target / KEEP_EVERY), kept.length - 1);
    let at = from < 0 ? -1 : from * KEEP_EVERY;
    let found = from < 0 ? emptyState() : copied(kept[from]);
    while (at < target) {
      at += 1;
      take(found, looks[at]);
      if (at % KEEP_EVERY === 0 && kept.length === at / KEEP_EVERY) kept.push(copied(found));
    }
    return found;
  }

  const copied = (one) => ({
    order: one.order.slice(), ghosts: new Map(one.ghosts), edits: new Map(one.edits), fresh: new Map(one.fresh),
  });

  const entryOf = (face) => tape.faces[face][0];

  function take(found, look) {
    found.fresh = new Map();
    const before = found.order.slice();
    for (const [place, face] of look.faces) found.order[place] = face;
    found.order.splice(look.splice[0], look.splice[1], ...look.splice[2]);
    for (const [kind, face, old] of look.changes) {
      const entry = entryOf(face);
      found.fresh.set(entry, kind);
      if (ARRIVALS.has(kind)) found.ghosts.delete(entry);
      if (kind === "edited") {
        const times = (found.edits.get(entry) || { times: 0 }).times + 1;
        found.edits.set(entry, { times, was: tape.faces[old][1], at: look.at });
      }
      if (DEPARTURES.has(kind)) {
        const place = before.findIndex((one) => entryOf(one) === entry);
        const below = before[place + 1];
        found.ghosts.set(entry, {
          face: old, kind, at: look.at, earliest: look.earliest, below: below === undefined ? null : entryOf(below),
        });
      }
    }
  }

  /* What is shown: the posts, and where marks are wanted the ghosts of those that are gone, each above the post that
     stood below it. */

  function shownList() {
    if (!by("marks").checked) return state.order.map((face) => ({ face, entry: entryOf(face), ghost: null }));
    const above = new Map();
    for (const [entry, ghost] of state.ghosts) {
      if (!above.has(ghost.below)) above.set(ghost.below, []);
      above.get(ghost.below).push(entry);
    }
    const list = [], done = new Set();
    const put = (entry, face) => {
      if (done.has(entry)) return;
      done.add(entry);
      for (const one of above.get(entry) || []) put(one, null);
      const ghost = face === null ? state.ghosts.get(entry) : null;
      list.push({ entry, face: ghost ? ghost.face : face, ghost });
    };
    for (const face of state.order) put(entryOf(face), face);
    for (const entry of state.ghosts.keys()) put(entry, null);
    return list;
  }

  function draw() {
    const main = by("posts"), list = shownList(), wanted = new Set(list.map((one) => one.entry));
    for (const [entry, node] of nodes) if (!wanted.has(entry)) { node.remove(); nodes.delete(entry); }
    let previous = null;
    for (const one of list) {
      let node = nodes.get(one.entry);
      if (!node) { node = document.createElement("article"); nodes.set(one.entry, node); }
      fill(node, one);
      const next = previous ? previous.nextSibling : main.firstChild;
      if (node !== next) main.insertBefore(node, next);
      previous = node;
    }
    const empty = main.querySelector(".empty");
    if (empty) empty.remove();
    if (!list.length) main.append(made("p", "empty", "Nothing had been seen of this live blog yet."));
  }

  function fill(node, { face, entry, ghost }) {
    const marks = by("marks").checked, edit = marks && !ghost ? state.edits.get(entry) : null;
    const kind = state.fresh.get(entry), [, words, at, flags] = tape.faces[face];
    const key = JSON.stringify([face, ghost && ghost.at, edit, kind, zone, marks]);
    if (node.dataset.key === key) return;
    node.dataset.key = key;
    const [headline, text, author] = tape.words[words];
    const changes = edit ? tape.edits[`${edit.was}>${words}`] : null;
    node.className = ["post", flags & PINNED && !ghost && "pinned", ghost && `gone ${ghost.kind}`,
      kind && "fresh", kind].filter(Boolean).join(" ");
    node.replaceChildren();
    node.append(metaLine(at, flags, edit, ghost));
    if (headline || (changes && changes[0].length)) node.append(withMarks(made("h2"), headline, changes && changes[0]));
    if (text || (changes && changes[1].length)) node.append(withMarks(made("p", "text"), text, changes && changes[1]));
    if (author) node.append(made("p", "byline", author));
    for (const part of node.querySelectorAll("h2, .text, .byline")) {
      part.dir = "auto";
      if (tape.language) part.lang = tape.language;
    }
  }

  function metaLine(at, flags, edit, ghost) {
    const line = made("p", "meta");
    if (at === null) line.append(made("span", "", "time unknown"));
    else line.append(clock(at));
    if (flags & PINNED && !ghost) line.append(made("span", "tag pin", "Pinned"));
    if (flags & KEY) line.append(made("span", "tag key", "Key event"));
    if (flags & SUMMARY) line.append(made("span", "tag", "Summary"));
    if (edit) line.append(made("span", "tag edit", edit.times > 1 ? `Edited ${edit.times} times` : "Edited"), made("span", "", told(edit.at)));
    if (ghost) line.append(made("span", "tag gone", KINDS[ghost.kind]), made("span", "", spanOf(ghost.earliest, ghost.at)));
    if (flags & OFF_PAGE && !ghost) line.append(made("span", "", "further down, not on the first page"));
    return line;
  }

  function withMarks(node, text, pieces) {
    if (!pieces || !pieces.length) { node.textContent = text || ""; return node; }
    for (const [part, piece] of pieces) {
      if (part === "kept") node.append(piece);
      else node.append(made(part === "in" ? "ins" : "del", "", piece));
    }
    return node;
  }

  /* Words and times. */

  function made(name, className, text) {
    const node = document.createElement(name);
    if (className) node.className = className;
    if (text !== undefined) node.textContent = text;
    return node;
  }

  const formats = new Map();
  function format(options) {
    const key = zone + JSON.stringify(options);
    if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat("en-GB", { timeZone: zone, ...options }));
    return formats.get(key);
  }
  const told = (at) => format({ hour: "2-digit", minute: "2-digit" }).format(at);
  const toldDay = (at) => format({ weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" }).format(at);
  const toldWhole = (at) => format({ weekday: "short", day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit", second: "2-digit" }).format(at) + (zone === "UTC" ? " UTC" : "");
  const spanOf = (earliest, at) => earliest === null ? `by ${told(at)}` : `between ${told(earliest)} and ${told(at)}`;

  function clock(at, words = toldDay) {
    const node = made("time", "", words(at));
    node.dateTime = new Date(at).toISOString();
    return node;
  }

  const nameOf = (face) => {
    const [headline, text] = tape.words[tape.faces[face][1]];
    const name = headline || text || "a post without words";
    return name.length > 90 ? `${name.slice(0, 88).trimEnd()}…` : name;
  };

  function summary(look) {
    const counts = new Map();
    for (const [kind] of look.changes) counts.set(kind, (counts.get(kind) || 0) + 1);
    const words = [...counts].map(([kind, n]) => `${n} ${KINDS[kind].toLowerCase()}`).join(", ");
    return `${told(look.at)}: ${words || "no change"}`;
  }

  /* The clock and the controls. */

  const startOf = () => looks.length ? looks[0].at : 0;
  const endOf = () => looks.length ? looks[looks.length - 1].at : 0;

  function numberAt(at) {
    let low = 0, high = looks.length;
    while (low < high) { const mid = (low + high) >> 1; if (looks[mid].at <= at) low = mid + 1; else high = mid; }
    return low - 1;
  }

  function seek(at, { speak = true } = {}) {
    now = Math.max(startOf(), Math.min(endOf(), at));
    const wanted = numberAt(now);
    if (wanted !== number || !state) {
      number = wanted;
      state = stateAt(number);
      draw();
      markLog();
    }
    const stands = by("now");
    stands.textContent = toldWhole(now);
    stands.dateTime = looks.length ? new Date(now).toISOString() : "";
    const look = looks[number];
    by("bounds").textContent = look && look.earliest !== null && look.changes.length ? ` · last change ${spanOf(look.earliest, look.at)}` : "";
    const scrubber = by("scrubber");
    scrubber.value = String(Math.round((now - startOf()) / 1000));
    scrubber.setAttribute("aria-valuetext", `${toldWhole(now)}, change ${number + 1} of ${looks.length}`);
    by("step-count").textContent = `${number + 1} / ${looks.length}`;
    if (speak) say(look);
  }

  function say(look) {
    const instant = Date.now();
    if (!look || (playing && instant - spoke < STATUS_EVERY)) return;
    spoke = instant;
    by("status").textContent = summary(look);
  }

  function frame(instant) {
    if (!playing) return;
    const seconds = Math.min(0.25, (instant - last) / 1000), speed = Number(by("speed").value);
    last = instant;
    let target = now + seconds * 1000 * speed;
    const next = looks[number + 1];
    if (by("skip").checked && next && next.at - target > IDLE_SECONDS * 1000 * speed) target = next.at - 500 * speed;
    const was = number;
    seek(target, { speak: false });
    if (number !== was) say(looks[number]);
    if (now >= endOf()) { setPlaying(false); return; }
    requestAnimationFrame(frame);
  }

  function setPlaying(wanted) {
    if (wanted && now >= endOf()) seek(startOf());
    playing = wanted && looks.length > 1;
    const button = by("play");
    button.querySelector("path").setAttribute("d", playing ? "M3 2h4v12H3zM9 2h4v12H9z" : "M4 2v12l10-6z");
    button.setAttribute("aria-label", playing ? "Pause" : "Play");
    if (playing) { last = performance.now(); requestAnimationFrame(frame); }
  }

  function step(by_) {
    setPlaying(false);
    const back = by_ < 0 && looks[number] && now > looks[number].at ? number : number + by_;
    const wanted = Math.max(0, Math.min(looks.length - 1, back));
    if (looks.length) seek(looks[wanted].at);
  }

  function stepKey(direction) {
    const keys = keyLooks().map((one) => looks[one.number].at);
    const wanted = direction > 0 ? keys.find((at) => at > now) : keys.reverse().find((at) => at < now);
    if (wanted !== undefined) { setPlaying(false); seek(wanted); }
  }

  function keyLooks() {
    const found = [];
    looks.forEach((look, place) => {
      for (const [kind, face] of look.changes) {
        const isMarked = ARRIVALS.has(kind) && tape.faces[face][3] & (KEY | SUMMARY);
        if (isMarked || kind === "pinned") found.push({ number: place, face });
      }
    });
    return found;
  }

  /* The lists beside the posts, and what stands on the track. */

  function jump(place, words, kind) {
    const item = made("li"), button = made("button"), label = made("span");
    button.type = "button";
    button.dataset.look = String(place);
    if (kind) label.append(made("span", `kind-${kind}`, `${KINDS[kind]}: `));
    label.append(words);
    button.append(clock(looks[place].at, told), label);
    button.addEventListener("click", () => { setPlaying(false); seek(looks[place].at); });
    item.append(button);
    return item;
  }

  function byDay(jumps) {
    const day = format({ weekday: "long", day: "numeric", month: "long" });
    let current = "";
    return jumps.flatMap(([place, item]) => {
      const name = day.format(looks[place].at), isNew = name !== current;
      current = name;
      return isNew ? [made("li", "day", name), item] : [item];
    });
  }

  function drawLists() {
    const keys = keyLooks();
    by("keys-fold").hidden = !keys.length;
    by("keys").replaceChildren(...byDay(keys.map((one) => [one.number, jump(one.number, nameOf(one.face))])));
    const all = looks.flatMap((look, place) => look.changes.map(([kind, face]) => [place, jump(place, nameOf(face), kind)]));
    by("log").replaceChildren(...byDay(all));
    by("log-count").textContent = `(${all.length})`;
  }

  function markLog() {
    for (const button of document.querySelectorAll("aside button[aria-current]")) button.removeAttribute("aria-current");
    const current = document.querySelectorAll(`aside button[data-look="${number}"]`);
    for (const button of current) button.setAttribute("aria-current", "step");
    const log = by("log"), first = log.querySelector("[aria-current]");
    if (first && log.clientHeight) log.scrollTop = first.offsetTop - log.offsetTop - log.clientHeight / 2;
  }

  const share = (at) => (endOf() > startOf() ? (at - startOf()) / (endOf() - startOf()) : 0);

  function drawTrack() {
    const scrubber = by("scrubber"), bins = 160, counts = Array.from({ length: bins }, () => [0, 0, 0]);
    scrubber.max = String(Math.max(1, Math.round((endOf() - startOf()) / 1000)));
    by("start").textContent = looks.length ? toldDay(startOf()) : "";
    by("end").textContent = looks.length ? toldDay(endOf()) : "";
    for (const look of looks) {
      const bin = counts[Math.min(bins - 1, Math.floor(share(look.at) * bins))];
      for (const [kind] of look.changes) bin[ARRIVALS.has(kind) ? 0 : DEPARTURES.has(kind) ? 2 : 1] += 1;
    }
    const most = Math.max(1, ...counts.slice(1).map((bin) => bin[0] + bin[1] + bin[2]));
    const density = by("density");
    density.setAttribute("viewBox", `0 0 ${bins} 20`);
    density.replaceChildren();
    counts.forEach((bin, place) => {
      let y = 20;
      ["posted", "edited", "deleted"].forEach((kind, which) => {
        if (!bin[which]) return;
        const height = Math.min(y, Math.max(1.5, (18 * bin[which]) / most));
        const bar = document.createElementNS("http://www.w3.org/2000/svg", "rect");
        y -= height;
        for (const [name, value] of Object.entries({ x: place + 0.1, y, width: 0.8, height, class: kind })) bar.setAttribute(name, String(value));
        density.append(bar);
      });
    });
    drawLabels();
  }

  function drawLabels() {
    const holder = by("labels"), width = holder.clientWidth || 1;
    holder.replaceChildren();
    const keys = keyLooks().slice(0, MOST_LABELS).map((one) => ({ at: looks[one.number].at, name: nameOf(one.face) }));
    const places = keys.map((one) => Math.min(share(one.at) * (width - 12), width - 10));
    keys.forEach((one, n) => {
      const room = (n + 1 < keys.length ? places[n + 1] : width) - places[n] - 6, marker = made("button", "", "◆");
      marker.type = "button";
      marker.tabIndex = -1;
      marker.title = `${toldDay(one.at)} ${one.name}`;
      marker.style.left = `${places[n]}px`;
      marker.style.maxWidth = `${Math.max(12, room)}px`;
      if (room > 70) marker.textContent = `◆ ${one.name}`;
      marker.addEventListener("click", () => { setPlaying(false); seek(one.at); });
      holder.append(marker);
    });
  }

  function setAxis(name) {
    axis = tape.axes.find((one) => one.name === name) || tape.axes[0];
    looks = axis.looks; kept = []; state = null; number = -1;
    by("axis-words").textContent = axis.name === "seen" ? "As readers saw it" : "As the publisher dates it";
    drawLists();
    drawTrack();
    seek(now || startOf(), { speak: false });
  }

  function setSpeed(by_) {
    const speed = by("speed");
    speed.selectedIndex = Math.max(0, Math.min(speed.options.length - 1, speed.selectedIndex + by_));
  }

  const KEYS = {
    " ": () => setPlaying(!playing), ArrowLeft: () => step(-1), ArrowRight: () => step(1),
    Home: () => { setPlaying(false); seek(startOf()); }, End: () => { setPlaying(false); seek(endOf()); },
    "[": () => stepKey(-1), "]": () => stepKey(1), "-": () => setSpeed(-1), "+": () => setSpeed(1), "=": () => setSpeed(1),
    m: () => { by("marks").click(); }, "?": () => by("help").showModal(),
  };

  function onKey(event) {
    if (event.altKey || event.ctrlKey || event.metaKey || by("help").open) return;
    const target = event.target, action = KEYS[event.key];
    const isPressed = target.matches("button, summary, a, input[type=checkbox]") && event.key === " ";
    if (!action || isPressed || target.matches("select")) return;
    event.preventDefault();
    action();
  }

  function begin() {
    by("publisher").textContent = tape.publisher || "";
    if (tape.url && /^https?:\/\//i.test(tape.url)) { by("origin").href = tape.url; by("origin").hidden = false; }
    const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (here && here !== "UTC") by("zone").append(new Option(`your time (${here})`, here));
    by("axis").closest("label").hidden = tape.axes.length < 2;
    by("play").addEventListener("click", () => setPlaying(!playing));
    by("first").addEventListener("click", KEYS.Home);
    by("last").addEventListener("click", KEYS.End);
    by("back").addEventListener("click", () => step(-1));
    by("forward").addEventListener("click", () => step(1));
    by("scrubber").addEventListener("input", () => { setPlaying(false); seek(startOf() + Number(by("scrubber").value) * 1000); });
    by("marks").addEventListener("change", draw);
    by("axis").addEventListener("change", () => setAxis(by("axis").value));
    by("zone").addEventListener("change", () => { zone = by("zone").value; drawLists(); drawTrack(); state = null; seek(now, { speak: false }); });
    by("help-open").addEventListener("click", KEYS["?"]);
    document.addEventListener("keydown", onKey);
    addEventListener("resize", drawLabels);
    if (matchMedia("(max-width: 62rem)").matches) by("log-fold").open = false;
    setAxis(tape.axes[0].name);
    const wanted = Date.parse(decodeURIComponent(location.hash.replace(/^#t=/, "")));  // last: a broken address throws
    if (!Number.isNaN(wanted)) seek(wanted);
  }

  begin();
})();
