// The chat page: sends what the customer writes, fetches what the business answers.
//
// GET  /chat/api/businesses                              → {items: [{id, name, persona}]}
// POST /webhooks/web {session, business, id, text, choice?}  → 200 once it is stored
// GET  /chat/api/messages?business=&session=&after=&wait= → {items: [{seq, id, role, text, options, menu, at}], typing, owner}

import { words } from "./words.js";
import * as view from "./view.js";

const POLL_MS = 700;
const HIDDEN_POLL_MS = 3000;
const LONG_POLL_SECONDS = 10;
const WORST_PAUSE_MS = 10000;
const ATTEMPTS = 3;
const TYPING_AT_MOST_MS = 20000;

const asked = decodeURIComponent(location.pathname.split("/")[2] ?? "");
const composer = document.getElementById("composer");
const input = document.getElementById("text");
const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

let talk = null; // the conversation on the screen: {business, session, after, waiting, owner, stop, answerDue}
let sending = Promise.resolve(); // messages leave one after another, in order

async function start() {
  view.label();
  const list = await fetchList();
  const business = list.find((one) => one.id === asked) ?? null;
  view.businesses(list, asked);
  view.open(business, asked);
  if (!business) return;
  begin(business, remembered(business.id) ?? renew(business.id));
  input.focus({ preventScroll: true });
}

async function fetchList() {
  for (let wait = POLL_MS; ; wait = Math.min(wait * 2, WORST_PAUSE_MS)) {
    try {
      return (await fetchJson("/chat/api/businesses")).items;
    } catch {
      document.getElementById("hint").textContent = words.offline;
      await pause(wait);
      view.label();
    }
  }
}

function begin(business, session) {
  talk?.stop.abort();
  talk = { business, session, after: 0, waiting: [], owner: "bot", stop: new AbortController(), answerDue: 0 };
  view.clear(business);
  poll(talk);
}

// ── receiving ───────────────────────────────────────────────────────────────────────────────────────────────────────

async function poll(mine) {
  let wait = POLL_MS;
  while (!mine.stop.signal.aborted) {
    const asked = performance.now();
    try {
      const news = await fetchNews(mine);
      if (mine.stop.signal.aborted) return;
      news.items.forEach((item) => receive(mine, item));
      mine.owner = news.owner ?? "bot";
      view.presence(mine.owner, Boolean(news.typing) || isAnswerDue(mine));
      view.offline(false);
      const held = performance.now() - asked > POLL_MS; // the server waited for news: ask again at once
      wait = held || news.items.length ? 50 : POLL_MS;
    } catch {
      if (mine.stop.signal.aborted) return;
      view.offline(true);
      wait = Math.min(Math.max(wait, POLL_MS) * 2, WORST_PAUSE_MS);
    }
    await pause(document.hidden ? Math.max(wait, HIDDEN_POLL_MS) : wait);
  }
}

function fetchNews(mine) {
  const query = { business: mine.business.id, session: mine.session, after: mine.after };
  if (!isAnswerDue(mine)) query.wait = LONG_POLL_SECONDS;
  const limit = AbortSignal.timeout((LONG_POLL_SECONDS + 15) * 1000);
  const signal = AbortSignal.any ? AbortSignal.any([mine.stop.signal, limit]) : mine.stop.signal;
  return fetchJson(`/chat/api/messages?${new URLSearchParams(query)}`, { signal });
}

function receive(mine, item) {
  if (item.seq <= mine.after) return;
  mine.after = item.seq;
  if (item.role === "customer") {
    const known = mine.waiting.findIndex((one) => one.text.trim() === item.text.trim());
    const bubble = known < 0 ? view.message(item) : view.settle(item, mine.waiting.splice(known, 1)[0].bubble);
    view.tick(bubble, mine.owner === "bot" ? "read" : "delivered");
  } else {
    mine.answerDue = 0;
    view.message(item, (option) => send(option.title, option.id));
  }
}

// The dots show from the moment a message is stored until the answer, as long as the bot has the conversation.
function isAnswerDue(mine) {
  return mine.owner === "bot" && mine.answerDue > performance.now();
}

// ── sending ─────────────────────────────────────────────────────────────────────────────────────────────────────────

function send(text, choice) {
  const mine = talk;
  const message = { session: mine.session, business: mine.business.id, id: newId(), text };
  if (choice) message.choice = choice;
  const entry = { text, bubble: view.pending(text) };
  mine.waiting.push(entry);
  sending = sending.then(() => deliver(mine, message, entry));
}

// The same id every time: a message that arrived although the answer was lost is not stored twice.
async function deliver(mine, message, entry) {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const answer = await post(message);
    if (answer?.ok) {
      if (mine.waiting.includes(entry)) view.tick(entry.bubble, "sent");
      mine.answerDue = performance.now() + TYPING_AT_MOST_MS;
      view.presence(mine.owner, isAnswerDue(mine));
      return;
    }
    if (answer && answer.status < 500 && answer.status !== 429) break;
    if (attempt < ATTEMPTS) await pause(POLL_MS * 2 ** attempt);
  }
  if (!mine.waiting.includes(entry)) return; // it had arrived after all
  view.tick(entry.bubble, "failed", () => {
    view.tick(entry.bubble, "sending");
    sending = sending.then(() => deliver(mine, message, entry));
  });
}

async function post(message) {
  try {
    const headers = { "content-type": "application/json" };
    const signal = AbortSignal.timeout(15000);
    return await fetch("/webhooks/web", { method: "POST", headers, body: JSON.stringify(message), signal });
  } catch {
    return null;
  }
}

async function fetchJson(address, options) {
  const answer = await fetch(address, { ...options, headers: { accept: "application/json" } });
  if (!answer.ok) throw new Error(`status ${answer.status}`);
  return answer.json();
}

// ── who the customer is ─────────────────────────────────────────────────────────────────────────────────────────────

function remembered(business) {
  try {
    return localStorage.getItem(`prosa.session.${business}`);
  } catch {
    return null; // storage is switched off: the conversation lasts as long as the page
  }
}

function renew(business) {
  const session = newId();
  try {
    localStorage.setItem(`prosa.session.${business}`, session);
  } catch { /* see remembered */ }
  return session;
}

function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  // Over plain http from another machine there is no randomUUID.
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

// ── the form ────────────────────────────────────────────────────────────────────────────────────────────────────────

function grow() {
  input.style.height = "auto";
  input.style.height = `${input.scrollHeight}px`;
}

composer.addEventListener("submit", (event) => {
  event.preventDefault();
  const text = input.value.trim();
  if (!text || !talk) return;
  input.value = "";
  grow();
  send(text);
  input.focus();
});
input.addEventListener("input", grow);
input.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  composer.requestSubmit();
});
document.getElementById("restart").addEventListener("click", () => {
  begin(talk.business, renew(talk.business.id));
  input.focus();
});
document.getElementById("newest").addEventListener("click", view.toEnd);
document.getElementById("log").addEventListener("scroll", () => {
  if (view.atEnd()) document.getElementById("newest").hidden = true;
});

start();
