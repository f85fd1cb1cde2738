// Draws the conversation: bubbles, ticks, days, options, the list sheet. Knows nothing of the network.

import { formatted } from "./format.js";
import { words } from "./words.js";

const byId = (id) => document.getElementById(id);
const log = byId("log");
const SVG = "http://www.w3.org/2000/svg";
const ONE_TICK = "M11.2 3.3 5.4 10 2.6 7.4l-.9 1L5.5 12l6.7-7.8z";
const TWO_TICKS = `${ONE_TICK}M15.2 3.3 9.4 10l-.7-.6-.8 1L9.5 12l6.7-7.8z`;
const CLOCK = "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2zm0 1.3a4.7 4.7 0 1 1 0 9.4 4.7 4.7 0 0 1 0-9.4zM7.4 5v3.4l2.7 1.7.6-1-2.1-1.3V5z";
const REPLY = "M10 9V5l-7 7 7 7v-4.1c5 0 8.5 1.6 11 5.1-1-5-4-10-11-11z";
const LIST = "M3 5h2v2H3zm4 0h14v2H7zM3 11h2v2H3zm4 0h14v2H7zM3 17h2v2H3zm4 0h14v2H7z";
let lastDay = "";

// Fills in the fixed words of the page.
export function label() {
  document.documentElement.lang = words.locale;
  byId("hint").textContent = words.choose;
  byId("nav").setAttribute("aria-label", words.businesses);
  byId("text").placeholder = words.message;
  byId("sheet-send").textContent = words.send;
  log.setAttribute("aria-label", words.messages);
  const named = { text: "message", send: "send", back: "back", restart: "restart", newest: "newest", "sheet-close": "close" };
  for (const [id, word] of Object.entries(named)) byId(id).setAttribute("aria-label", words[word]);
  for (const id of ["restart", "newest"]) byId(id).title = words[id];
}

export function businesses(list, current) {
  byId("businesses").replaceChildren(...list.map((business) => {
    const row = make("a", "business");
    row.href = `/chat/${encodeURIComponent(business.id)}`;
    if (business.id === current) row.setAttribute("aria-current", "page");
    const who = make("span", "who");
    who.append(make("strong", "", business.name), make("span", "", personaName(business)));
    row.append(avatar(make("span", "avatar"), business), who);
    const item = make("li");
    item.append(row);
    return item;
  }));
}

// Opens the conversation with a business; null shows the choice, or that there is no such business.
export function open(business, asked) {
  document.body.classList.toggle("talking", Boolean(business));
  byId("chat").hidden = !business;
  if (!business) {
    if (asked) byId("hint").textContent = `${words.unknown} ${words.choose}.`;
    return;
  }
  document.title = business.name;
  byId("name").textContent = business.name;
  avatar(byId("avatar"), business);
  clear(business);
}

export function clear(business) {
  lastDay = "";
  log.replaceChildren(make("p", "notice", words.hello(business.name, personaName(business))), typingDots());
  presence("bot", false);
}

// A line under the business's name, and the dots while an answer is on its way.
export function presence(owner, typing) {
  const line = typing ? words.typing : { queue: words.queue, agent: words.agent }[owner] ?? words.online;
  if (byId("presence").textContent !== line) byId("presence").textContent = line;
  const wasAtEnd = atEnd();
  byId("typing").hidden = !typing;
  if (typing && wasAtEnd) toEnd();
}

export function offline(isOffline) {
  byId("banner").hidden = !isOffline;
  byId("banner").textContent = isOffline ? words.offline : "";
}

// Adds a message before the ones still on their way. `onChoice(option)` is called when an option is tapped.
export function message(item, onChoice) {
  const wasAtEnd = atEnd();
  const place = log.querySelector(".pending") ?? byId("typing");
  const separator = daySeparator(item);
  if (separator) place.before(separator);
  const bubble = draw(item, onChoice);
  place.before(bubble);
  if (wasAtEnd) toEnd();
  else byId("newest").hidden = false;
  return bubble;
}

// Adds the customer's message at once, before the server knows it.
export function pending(text) {
  const bubble = draw({ role: "customer", text, at: new Date().toISOString() });
  bubble.classList.add("pending");
  byId("typing").before(bubble);
  tick(bubble, "sending");
  toEnd();
  return bubble;
}

// The customer's message as the server knows it: the same bubble, now in its place among the others.
export function settle(item, bubble) {
  const first = log.querySelector(".pending");
  if (first !== bubble) first.before(bubble);
  bubble.classList.remove("pending");
  bubble.querySelector(".retry")?.remove();
  bubble.querySelector("time").textContent = clockTime(item.at);
  const separator = daySeparator(item);
  if (separator) bubble.before(separator);
  return bubble;
}

// Moves the ticks on: sending, sent, delivered, read, failed. A failed one calls `onRetry` when tapped.
export function tick(bubble, status, onRetry) {
  const holder = bubble.querySelector(".tick");
  if (status === "failed") {
    const button = make("button", "retry", words.retry);
    button.type = "button";
    button.addEventListener("click", () => { button.remove(); onRetry(); });
    bubble.append(button);
  }
  const shape = { sending: CLOCK, failed: CLOCK, sent: ONE_TICK }[status] ?? TWO_TICKS;
  holder.replaceChildren(icon(shape, "0 0 17 16"));
  holder.className = `tick ${status}`;
  holder.setAttribute("role", "img");
  holder.setAttribute("aria-label", words[status]);
}

export function atEnd() {
  return log.scrollHeight - log.scrollTop - log.clientHeight < 80;
}

export function toEnd() {
  log.scrollTop = log.scrollHeight;
  byId("newest").hidden = true;
}

function draw(item, onChoice) {
  if (item.role === "system") return make("p", "notice", item.text);
  const mine = item.role === "customer";
  const row = make("div", `row ${mine ? "out" : "in"}`);
  const bubble = make("div", "bubble");
  const author = mine ? words.you : item.role === "agent" ? words.agentName : byId("name").textContent;
  bubble.append(item.role === "agent" ? make("span", "author", author) : make("span", "hidden", `${author}: `));
  const body = make("p", "text");
  body.dir = "auto";
  body.append(formatted(item.text));
  bubble.append(body, footer(item, mine));
  row.append(bubble);
  if (!mine && item.options?.length) row.append(taps(item, onChoice));
  return row;
}

function footer(item, mine) {
  const line = make("span", "meta");
  const when = make("time", "", clockTime(item.at));
  when.dateTime = item.at;
  line.append(when);
  if (mine) line.append(make("span", "tick"));
  return line;
}

function taps(item, onChoice) {
  const group = make("div", "taps");
  group.setAttribute("role", "group");
  group.setAttribute("aria-label", words.options);
  const choose = (option) => {
    for (const button of group.querySelectorAll("button")) button.disabled = true;
    onChoice(option);
  };
  if (item.menu || item.options.length > 3) {
    const button = tapButton(LIST, item.menu || words.menu, () => sheet(item, choose));
    button.setAttribute("aria-haspopup", "dialog");
    group.append(button);
  } else {
    group.append(...item.options.map((option) => tapButton(REPLY, option.title, () => choose(option))));
  }
  return group;
}

function tapButton(shape, title, onClick) {
  const button = make("button", "tap");
  button.type = "button";
  button.append(icon(shape, "0 0 24 24"), make("span", "", title));
  button.addEventListener("click", onClick);
  return button;
}

// WhatsApp's list: a sheet from below with one radio row for each option.
function sheet(item, choose) {
  const dialog = byId("sheet"), form = byId("sheet-form"), send = byId("sheet-send");
  byId("sheet-title").textContent = item.menu || words.menu;
  byId("sheet-rows").replaceChildren(...item.options.map(radioRow));
  send.disabled = true;
  form.onchange = () => { send.disabled = false; };
  form.onsubmit = () => {
    const chosen = item.options[Number(new FormData(form).get("option"))];
    if (chosen) choose(chosen);
  };
  byId("sheet-close").onclick = () => dialog.close();
  dialog.onclick = (event) => { if (event.target === dialog) dialog.close(); };
  dialog.showModal();
  dialog.querySelector("input").focus();
}

function radioRow(option, position) {
  const row = make("label", "option");
  const words = make("span", "who");
  words.append(make("span", "title", option.title));
  if (option.description) words.append(make("span", "description", option.description));
  const radio = make("input");
  Object.assign(radio, { type: "radio", name: "option", value: position });
  row.append(words, radio);
  return row;
}

function daySeparator(item) {
  const day = new Date(item.at);
  const key = day.toDateString();
  if (key === lastDay || Number.isNaN(day.getTime())) return null;
  lastDay = key;
  const yesterday = new Date();
  yesterday.setDate(yesterday.getDate() - 1);
  const named = { [new Date().toDateString()]: words.today, [yesterday.toDateString()]: words.yesterday }[key];
  return make("p", "day", named ?? day.toLocaleDateString(words.locale, { dateStyle: "long" }));
}

function typingDots() {
  const row = make("div", "row in");
  row.id = "typing";
  row.hidden = true;
  const bubble = make("div", "bubble dots");
  bubble.setAttribute("aria-hidden", "true"); // the presence line says it
  bubble.append(make("i"), make("i"), make("i"));
  row.append(bubble);
  return row;
}

function clockTime(at) {
  const time = new Date(at);
  return Number.isNaN(time.getTime()) ? "" : time.toLocaleTimeString(words.locale, { hour: "2-digit", minute: "2-digit" });
}

function personaName(business) {
  return business.persona?.name ?? business.persona ?? "";
}

function avatar(element, business) {
  const initials = business.name.split(/\s+/).filter(Boolean).slice(0, 2).map((word) => [...word][0].toUpperCase());
  const colour = [...business.id].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % 6;
  element.textContent = initials.join("");
  element.className = `avatar colour-${colour}`;
  return element;
}

function make(tag, className = "", text = "") {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text) element.textContent = text;
  return element;
}

function icon(path, box) {
  const svg = document.createElementNS(SVG, "svg"), shape = document.createElementNS(SVG, "path");
  svg.setAttribute("viewBox", box);
  svg.setAttribute("aria-hidden", "true");
  shape.setAttribute("d", path);
  svg.append(shape);
  return svg;
}
