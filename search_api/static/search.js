// Makes the search page quicker: results while one types, completion, no reload. Without it, or if it fails, the plain form works.

const TOGETHER_MS = 50;         // a key asks at once, unless another one asked so shortly before (a held key); then the last of them does
const SUGGEST_AFTER_MS = 70;    // after the results, which people wait for
const REST_AFTER_MS = 400;      // what is folded away is fetched once the typing pauses
const ANNOUNCE_AFTER_MS = 900;  // a screen reader hears the outcome once the visitor has stopped, not letter by letter
const EMPTY_AFTER_MS = 900;     // "nothing found" for half a word would only disturb
const SLOW_AFTER_MS = 3000;
const GIVE_UP_AFTER_MS = 20000;
const LEAST_LETTERS = 3;

const form = document.querySelector("#search");
const input = document.querySelector("#q");
const problem = document.querySelector("#problem");
const status = document.querySelector("#status");
const texts = JSON.parse(form.dataset.texts);

// ---- results -------------------------------------------------------------------------------------------------------------------

let asking = null;              // the request under way
let asked = 0;                  // when it was sent
let shown = input.value.trim(); // what the results on the page answer
let rest = null;                // how to ask for what a brief answer has left out
const told = {suggestions: "", results: ""};
let announcing = 0;

function say(text, {calm = false} = {}) {
  problem.classList.toggle("calm", calm);
  if (problem.textContent !== text) problem.textContent = text;
}

// What a screen reader hears: how many suggestions there are and what was found, together, once the typing has stopped.
function announce(about, text, delay = 0) {
  told[about] = text;
  clearTimeout(announcing);
  announcing = setTimeout(() => { status.textContent = `${told.suggestions} ${told.results}`.trim(); }, delay);
}

// Asks for the page that the form asks for and puts its results in place. Never touches what is being typed.
// `typing` (search-live to the server) marks a question that is not meant yet: it is answered in brief and not counted.
async function ask(submitter, {typing = false} = {}) {
  asking?.abort();
  clearTimeout(waiting.rest);
  asked = performance.now();
  const body = fields(submitter);
  const mine = asking = new AbortController();
  const main = document.querySelector("#results");
  const slow = setTimeout(() => say(texts.slow, {calm: true}), SLOW_AFTER_MS);
  const end = setTimeout(() => mine.abort("too late"), GIVE_UP_AFTER_MS);
  main.setAttribute("aria-busy", "true");
  try {
    const [response, page] = await fetchPage(body, {signal: mine.signal, live: typing && "brief"});
    if (typing && page.querySelector("#results > .empty")) {
      main.removeAttribute("aria-busy");
      await new Promise(resolve => setTimeout(resolve, EMPTY_AFTER_MS));
    }
    if (mine === asking && show(page, response, {typing, submitter})) awaitRest(body);
  } catch (error) {
    if (mine !== asking) return;
    if (!(error instanceof TypeError) && error?.name !== "AbortError" && error !== "too late") throw error;
    say(texts.down);
  } finally {
    clearTimeout(slow);
    clearTimeout(end);
    if (mine === asking) { main.removeAttribute("aria-busy"); asking = null; }
  }
}

async function fetchPage(body, {signal, live} = {}) {
  const response = await fetch(form.action, {method: "POST", body, headers: {accept: "text/html", ...(live && {"search-live": live})}, signal});
  return [response, new DOMParser().parseFromString(await response.text(), "text/html")];
}

function fields(submitter) {
  const data = new FormData(form);
  if (submitter?.name) data.set(submitter.name, submitter.value);
  return new URLSearchParams(data);
}

function show(page, response, {typing, submitter}) {
  const fresh = page.querySelector("#results");
  if (!fresh || response.status >= 500 || response.status === 429) return void say(response.status === 429 ? texts.busy : texts.down);
  const main = document.querySelector("#results");
  const held = main.contains(document.activeElement) ? document.activeElement : null;
  if (held && typing) return void say("");   // somebody is already reading: what they hold does not move
  const before = main.querySelectorAll(".page").length;
  say(page.querySelector("#problem")?.textContent ?? "");
  input.toggleAttribute("aria-invalid", response.status === 422);
  main.replaceChildren(...fresh.childNodes);
  document.body.className = page.body.className;
  document.title = page.title;
  if (submitter?.name === "instead") input.value = page.querySelector("#q").value;
  remember();
  if (held) restoreFocus(main, held, submitter?.name === "show" ? before : -1);
  announce("results", fresh.dataset.announce, typing ? ANNOUNCE_AFTER_MS : 0);
  return true;
}

// A brief answer counts the further passages of a page; they come when somebody pauses or unfolds them, and nothing moves.
function awaitRest(body) {
  rest = null;
  if (!document.querySelector("#results [data-later]")) return;
  rest = once(() => fillIn(body));
  waiting.rest = setTimeout(() => rest().catch(() => {}), REST_AFTER_MS);
}

function once(act) {
  let acting = null;
  return () => acting ??= act().catch(error => { acting = null; throw error; });
}

async function fillIn(body) {
  const main = document.querySelector("#results"), folded = [...main.querySelectorAll("[data-later]")];
  const [response, page] = await fetchPage(body, {live: "whole"});
  if (!response.ok) throw new TypeError("no further passages");
  for (const details of folded) {
    const fresh = page.querySelector(`#${details.closest(".page").id} .more ul`);
    if (fresh && details.hasAttribute("data-later")) details.append(fresh);
    details.removeAttribute("data-later");
  }
}

function onToggle(event) {
  if (event.target.open && event.target.matches("[data-later]")) rest?.().catch(() => say(texts.down));
}

function restoreFocus(main, held, before) {
  const next = before >= 0 ? main.querySelectorAll(".page h3 a")[before] : held.id && document.getElementById(held.id);
  (next || main).focus({preventScroll: before < 0});
}

// The way back from a page finds the search as it was; the address never holds the words.
function remember() {
  shown = input.value.trim();
  const address = new URL(form.action);
  history.replaceState({q: input.value}, "", address.pathname + address.search);
}

// ---- completion: an editable combobox with list autocomplete (https://www.w3.org/WAI/ARIA/apg/patterns/combobox/) ------------------

const list = Object.assign(document.createElement("ul"), {id: "suggestions", className: "suggestions", hidden: true});
let active = -1;
let suggesting = null;

function setUpCombobox() {
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", texts.suggestions_label);
  input.parentElement.after(list);
  for (const [name, value] of Object.entries({role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": "suggestions", "aria-haspopup": "listbox"})) input.setAttribute(name, value);
  list.addEventListener("pointerdown", event => event.preventDefault());
  list.addEventListener("click", event => { const option = event.target.closest("[role=option]"); if (option) accept(option); });
  input.addEventListener("keydown", onKey);
  input.addEventListener("blur", dismiss);
}

async function suggest() {
  suggesting?.abort();
  const typed = input.value.trim();
  if (!typed) return fill([]);
  const mine = suggesting = new AbortController();
  try {
    const response = await fetch("/api/suggest", {method: "POST", headers: {"content-type": "application/json"}, body: JSON.stringify({q: typed}), signal: mine.signal});
    if (!response.ok) return fill([]);
    const {suggestions} = await response.json();
    if (mine === suggesting && document.activeElement === input) fill(suggestions.filter(one => one.toLowerCase() !== typed.toLowerCase()));
  } catch {
    if (mine === suggesting) fill([]);  // completion is a courtesy; the search itself says what is wrong
  }
}

function fill(suggestions) {
  const same = suggestions.length === list.children.length && suggestions.every((text, at) => list.children[at].textContent === text);
  if (same && !list.hidden) return;
  list.replaceChildren(...suggestions.map((text, at) => {
    const option = Object.assign(document.createElement("li"), {id: `suggestion-${at}`, textContent: text, dir: "auto"});
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    return option;
  }));
  if (!suggestions.length) return close();
  open();
  announce("suggestions", (suggestions.length === 1 ? texts.suggestions_one : texts.suggestions_many).replace("{count}", suggestions.length), ANNOUNCE_AFTER_MS);
}

function open() {
  if (!list.children.length) return;
  list.hidden = false;
  input.setAttribute("aria-expanded", "true");
  activate(-1);
}

function close() {
  told.suggestions = "";
  list.hidden = true;
  input.setAttribute("aria-expanded", "false");
  activate(-1);
}

// The visitor has done with the suggestions: none that are still on their way may open the list again.
function dismiss() {
  clearTimeout(waiting.suggest);
  suggesting?.abort();
  suggesting = null;
  close();
}

function activate(at) {
  active = at;
  [...list.children].forEach((option, place) => option.setAttribute("aria-selected", String(place === at)));
  if (at < 0) return input.removeAttribute("aria-activedescendant");
  input.setAttribute("aria-activedescendant", list.children[at].id);
}

function accept(option) {
  input.value = option.textContent;
  settle();
  form.requestSubmit();
}

function settle() {
  clearTimeout(waiting.results);
  dismiss();
}

function onKey(event) {
  if (event.isComposing || event.ctrlKey || event.metaKey) return;
  const options = list.children.length, isOpen = !list.hidden;
  const acts = {
    ArrowDown: () => { if (!isOpen) open(); if (!event.altKey) activate(active + 1 < options ? active + 1 : isOpen ? 0 : active); },
    ArrowUp: () => { if (event.altKey) return dismiss(); if (!isOpen) open(); activate(active > 0 ? active - 1 : options - 1); },
    Enter: () => accept(list.children[active]),
    Escape: () => { if (isOpen) return dismiss(); input.value = ""; onType(); },
    Tab: dismiss,
  };
  const act = acts[event.key];
  if (!act) {
    if (["Home", "End", "ArrowLeft", "ArrowRight"].includes(event.key)) activate(-1);
    return;
  }
  if (event.key.startsWith("Arrow") && !options || event.key === "Enter" && active < 0) return;
  if (event.key !== "Tab") event.preventDefault();
  act();
}

// ---- typing and sending ----------------------------------------------------------------------------------------------------------

const waiting = {results: 0, suggest: 0, rest: 0};

function onType() {
  clearTimeout(waiting.results);
  clearTimeout(waiting.suggest);
  waiting.suggest = setTimeout(() => suggest().catch(plainAgain), SUGGEST_AFTER_MS);
  const typed = input.value.trim();
  if (typed === shown || (typed && typed.length < LEAST_LETTERS)) return;
  if (performance.now() - asked >= TOGETHER_MS) return askTyping();
  waiting.results = setTimeout(askTyping, TOGETHER_MS);
}

function askTyping() {
  ask(null, {typing: true}).catch(plainAgain);
}

function onSubmit(event) {
  event.preventDefault();
  settle();
  if (matchMedia("(pointer: coarse)").matches && document.activeElement === input) input.blur();   // the keyboard makes way for the results
  ask(event.submitter?.name ? event.submitter : null).catch(sendPlainly);
}

// Something of ours is broken: from now on the page is a plain form.
function plainAgain() {
  form.removeEventListener("submit", onSubmit);
  input.removeEventListener("input", onInput);
  dismiss();
}

function sendPlainly() {
  plainAgain();
  form.submit();
}

function onInput(event) {
  if (!event.isComposing) onType();
}

// "Was this helpful?" is answered in its place; the results stay as they are.
async function onVote(event) {
  const asked = event.target;
  if (!asked.matches(".helpful")) return;
  event.preventDefault();
  const data = new URLSearchParams(new FormData(asked));
  data.set(event.submitter.name, event.submitter.value);
  try {
    const response = await fetch(asked.action, {method: "POST", body: data, headers: {accept: "text/html"}});
    const fresh = new DOMParser().parseFromString(await response.text(), "text/html").querySelector("#helpful");
    if (!response.ok || !fresh) return say(response.status === 429 ? texts.busy : texts.down);
    asked.replaceChildren(...fresh.childNodes);
    asked.focus({preventScroll: true});
  } catch {
    say(texts.down);
  }
}

function onClick(event) {
  if (event.target.id !== "share" || !navigator.clipboard || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  navigator.clipboard.writeText(event.target.href).then(() => say(texts.link_copied, {calm: true}), () => { location.href = event.target.href; });
}

setUpCombobox();
document.querySelector(".languages").addEventListener("submit", event => { event.target.elements.q.value = input.value; });
form.addEventListener("submit", onSubmit);
input.addEventListener("input", onInput);
input.addEventListener("compositionend", onType);
document.addEventListener("click", onClick);
document.addEventListener("submit", onVote);
document.addEventListener("toggle", onToggle, true);
if (!input.value && history.state?.q) {
  input.value = history.state.q;
  askTyping();   // come back to: no new question
} else if (!input.value && matchMedia("(pointer: fine)").matches) {
  input.focus({preventScroll: true});
}
