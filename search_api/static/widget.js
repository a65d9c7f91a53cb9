// The search box for a clinic's own pages: one <script src=".../widget.js" async></script> and one <clinic-search> element.
// No dependency, no style outside its shadow root, nothing sent to anybody but the search service that this script came from.
// Attributes: lang, service (address of the search service), shortcut ("ctrl+k", "/", "off"), label.
// CSS variables: --clinic-search-accent, -on-accent, -ink, -soft, -paper, -line, -mark, -radius, -font, -width.
(() => {
  "use strict";
  const SETTINGS = /*SETTINGS*/{};
  const SERVICE = new URL(".", document.currentScript.src).href;
  const TOGETHER_MS = 50, EMPTY_AFTER_MS = 900, SLOW_AFTER_MS = 3000, GIVE_UP_AFTER_MS = 20000;
  const PAGES = 6, LEAST_LETTERS = 3, CLIP = 220;

  const STYLE = `
    .root { all: initial; color-scheme: inherit; display: block; box-sizing: border-box;
      --accent: var(--clinic-search-accent, ${SETTINGS.accent?.[0] ?? "#1f5f5b"}); --on-accent: var(--clinic-search-on-accent, #fff);
      --ink: var(--clinic-search-ink, #1b2523); --soft: var(--clinic-search-soft, #52605d); --paper: var(--clinic-search-paper, #fff);
      --line: var(--clinic-search-line, #7c8985); --mark: var(--clinic-search-mark, #fdeeb5); --radius: var(--clinic-search-radius, .6em);
      font-family: var(--clinic-search-font, system-ui, -apple-system, "Segoe UI", Roboto, sans-serif); line-height: 1.5; color: var(--ink); }
    @supports (color: light-dark(#000, #fff)) { .root {
      --accent: var(--clinic-search-accent, light-dark(${SETTINGS.accent?.join(", ") ?? "#1f5f5b, #8fd0c8"})); --on-accent: var(--clinic-search-on-accent, light-dark(#fff, #10201e));
      --ink: var(--clinic-search-ink, light-dark(#1b2523, #e8eeec)); --soft: var(--clinic-search-soft, light-dark(#52605d, #a9b7b3));
      --paper: var(--clinic-search-paper, light-dark(#fff, #1a2221)); --line: var(--clinic-search-line, light-dark(#7c8985, #7d8b87)); --mark: var(--clinic-search-mark, light-dark(#fdeeb5, #5a4a10)); } }
    .root { --hair: color-mix(in srgb, var(--line) 40%, transparent); }
    *, *::before { box-sizing: border-box; }
    button, input { font: inherit; color: inherit; margin: 0; }
    button { cursor: pointer; }
    a { color: var(--accent); text-underline-offset: .18em; }
    :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: .3em; }
    .open { display: flex; align-items: center; gap: .6em; width: 100%; max-width: var(--clinic-search-width, 24em); min-height: 2.75em; padding: .4em .85em; background: var(--paper); color: var(--soft); border: 1px solid var(--line); border-radius: var(--radius); text-align: start; }
    .open:hover { border-color: var(--accent); }
    .open span { flex: 1; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
    .open:focus-visible { border-radius: var(--radius); }
    svg { width: 1.1em; height: 1.1em; flex: none; }
    kbd { font: inherit; font-size: .8em; border: 1px solid var(--line); border-radius: .35em; padding: 0 .4em; }
    dialog { width: min(40em, 100vw - 2em); max-height: min(42em, 100dvh - 4em); margin: 2em auto auto; padding: 0; border: 1px solid var(--line); border-radius: var(--radius); background: var(--paper); color: var(--ink); overflow: hidden; box-shadow: 0 1em 3em rgb(0 0 0 / .3); }
    dialog[open] { display: flex; flex-direction: column; }
    dialog::backdrop { background: rgb(15 25 23 / .55); }
    .head { display: flex; align-items: center; gap: .5em; padding: .6em; border-bottom: 1px solid var(--hair); }
    input { flex: 1; min-width: 0; min-height: 2.75em; padding: .3em .7em; background: transparent; border: 1px solid var(--line); border-radius: var(--radius); }
    input:focus-visible { outline-offset: 0; border-radius: var(--radius); }
    ::placeholder { color: var(--soft); opacity: 1; }
    .shut { min-width: 2.75em; min-height: 2.75em; background: none; border: 0; font-size: 1em; line-height: 1; }
    .body { flex: 1; overflow-y: auto; overscroll-behavior: contain; padding: .9em 1.1em; min-height: 6em; }
    .foot { display: flex; flex-wrap: wrap; justify-content: space-between; align-items: center; gap: .3em 1.2em; padding: .6em 1.1em; border-top: 1px solid var(--hair); font-size: .9375em; color: var(--soft); }
    .all, .chip { background: none; border: 1px solid var(--line); border-radius: 1.25em; padding: .25em .9em; min-height: 2.1em; }
    .all:hover, .chip:hover { border-color: var(--accent); color: var(--accent); }
    p, h2, h3, ul, ol, blockquote { margin: 0; padding: 0; font: inherit; }
    ul, ol { list-style: none; }
    .soft { color: var(--soft); font-size: .9375em; }
    .note { margin-bottom: .8em; }
    .note:empty { display: none; }
    h2 { font-weight: 600; font-size: .875em; color: var(--soft); margin-bottom: .3em; }
    .answer { border-inline-start: 4px solid var(--accent); padding-inline-start: .9em; margin-bottom: 1.1em; }
    .answer blockquote { font-size: 1.0625em; white-space: pre-line; overflow-wrap: anywhere; margin-bottom: .3em; }
    .rephrased { border-bottom: 1px solid var(--hair); padding-bottom: .8em; margin-bottom: .8em; }
    .quotes + .quotes { margin-top: .8em; }
    .page { padding-block: .65em; border-top: 1px solid var(--hair); }
    .page:first-child { border-top: 0; }
    h3 a { font-weight: 600; text-decoration: none; display: block; overflow-wrap: anywhere; }
    h3 a:hover { text-decoration: underline; }
    .text { overflow-wrap: anywhere; font-size: .9375em; }
    mark { background: var(--mark); color: inherit; border-radius: .15em; }
    .chips { display: flex; flex-wrap: wrap; gap: .4em; margin-top: .3em; }
    .crisis { border: 2px solid #9b1c1c; border-color: light-dark(#9b1c1c, #ffaaa2); border-radius: var(--radius); padding: .9em 1em; margin-bottom: 1em; }
    .crisis h2 { font-size: 1.2em; color: var(--ink); }
    .crisis li { margin-top: .5em; }
    .crisis li .soft { display: block; }
    .crisis a { font-weight: 600; font-size: 1.0625em; display: inline-block; padding-block: .1em; }
    .unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
    @media (max-width: 36em) { dialog { width: 100vw; max-width: 100vw; height: 100dvh; max-height: 100dvh; margin: 0; border: 0; border-radius: 0; } .open kbd { display: none; } }
    @media (forced-colors: active) { mark { background: Mark; color: MarkText; } }
  `;

  // An element with attributes, listeners (onname) and children; text is always text, never markup.
  function make(tag, attributes = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
      else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
    }
    element.append(...children.filter(child => child !== null && child !== undefined && child !== ""));
    return element;
  }

  function glass() {
    const space = "http://www.w3.org/2000/svg", svg = document.createElementNS(space, "svg"), path = document.createElementNS(space, "path");
    for (const [name, value] of Object.entries({viewBox: "0 0 20 20", fill: "none", stroke: "currentColor", "stroke-width": "2", "stroke-linecap": "round", "aria-hidden": "true"})) svg.setAttribute(name, value);
    path.setAttribute("d", "M13.5 13.5 18 18M2 8.5a6.5 6.5 0 1 0 13 0 6.5 6.5 0 1 0-13 0");
    svg.append(path);
    return svg;
  }

  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
  const safe = url => /^(https?|tel|sms|mailto):/i.test(url) ? url : "#";

  class ClinicSearch extends HTMLElement {
    connectedCallback() {
      if (this.shadowRoot) return;
      try {
        this.setUp();
      } catch (error) {
        console.warn("clinic-search: the plain form stays.", error);
      }
    }

    disconnectedCallback() {
      if (this.onShortcut) document.removeEventListener("keydown", this.onShortcut);
    }

    setUp() {
      const known = Object.keys(SETTINGS.texts);
      const wishes = [this.lang, document.documentElement.lang, SETTINGS.language].map(tag => (tag || "").toLowerCase().split("-")[0]);
      this.language = wishes.find(tag => known.includes(tag)) ?? known[0];
      this.texts = SETTINGS.texts[this.language];
      this.service = new URL(this.getAttribute("service") || SERVICE, location.href).href.replace(/\/?$/, "/");
      const style = new CSSStyleSheet();
      style.replaceSync(`:host { display: block; min-height: ${this.offsetHeight}px; } :host([hidden]) { display: none; } ${STYLE}`);
      const root = this.build();
      const shadow = this.attachShadow({mode: "open"});
      shadow.adoptedStyleSheets = [style];
      shadow.append(root);
      this.listen();
    }

    build() {
      const texts = this.texts, keys = this.shortcuts();
      const shown = keys.includes("ctrl+k") ? (/Mac|iP/.test(navigator.platform) ? "⌘ K" : "Ctrl K") : keys[0];
      this.input = make("input", {name: "q", type: "text", maxlength: 10000, autocomplete: "off", autocapitalize: "none", spellcheck: "false", enterkeyhint: "search", dir: "auto", placeholder: texts.placeholder, "aria-label": texts.label, oninput: event => event.isComposing || this.onType(), onfocus: () => this.held?.(), oncompositionend: () => this.onType()});
      this.status = make("p", {class: "unseen", role: "status"});
      this.note = make("p", {class: "note soft", role: "status"});
      this.found = make("div", {}, make("p", {class: "soft"}, texts.hint));
      this.form = make("form", {method: "post", action: this.service + (this.language === SETTINGS.language ? "" : `?lang=${this.language}`), role: "search", onsubmit: event => this.onSubmit(event)},
        make("div", {class: "head"}, this.input, make("button", {class: "shut", type: "button", "aria-label": texts.close, onclick: () => this.dialog.close()}, "✕")));
      this.body = make("div", {class: "body", tabindex: "-1"}, this.note, this.found, this.status);
      this.dialog = make("dialog", {"aria-label": this.getAttribute("label") || texts.open, onkeydown: event => this.onArrow(event), onclick: event => event.target === this.dialog && this.dialog.close()},
        this.form, this.body,
        make("div", {class: "foot"}, make("button", {class: "all", type: "button", onclick: () => this.form.submit()}, texts.all_results), SETTINGS.phone ? make("a", {class: "phone", href: SETTINGS.phoneLink}, SETTINGS.phone) : null, SETTINGS.privacyNotice ? make("a", {href: SETTINGS.privacyNotice, target: "_blank", rel: "noopener"}, texts.privacy_notice) : null));
      this.foot = this.dialog.querySelector(".foot .phone");
      this.button = make("button", {class: "open", type: "button", part: "button", "aria-haspopup": "dialog", "aria-keyshortcuts": keys.join(" ").replace("ctrl+k", "Control+K Meta+K") || null, onclick: () => this.open()},
        glass(), make("span", {}, this.getAttribute("label") || texts.open), shown ? make("kbd", {"aria-hidden": "true"}, shown) : null);
      return make("div", {class: "root", lang: this.language}, this.button, this.dialog);
    }

    // A single letter as a shortcut disturbs speech control (WCAG 2.1.4), so "/" is there for the asking only.
    shortcuts() {
      const asked = (this.getAttribute("shortcut") ?? "ctrl+k").toLowerCase().split(/\s+/);
      return ["ctrl+k", "/"].filter(key => asked.includes(key));
    }

    listen() {
      const keys = this.shortcuts();
      this.onShortcut = event => {
        const target = event.composedPath()[0];
        const isField = target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName), isShut = target === this.input && !this.dialog.open;   // a box just shut keeps the focus for one frame
        if (event.defaultPrevented || event.isComposing || (isField && !isShut)) return;
        const isChord = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k";
        const isSlash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey;
        if (!(isChord && keys.includes("ctrl+k")) && !(isSlash && keys.includes("/"))) return;
        event.preventDefault();
        this.open();
      };
      document.addEventListener("keydown", this.onShortcut);
    }

    open() {
      if (!this.dialog.open) this.dialog.showModal();
      this.input.focus();
      this.input.select();
    }

    // A key asks at once, unless another one asked so shortly before (a held key); then the last of them does.
    onType() {
      clearTimeout(this.waiting);
      const typed = this.input.value.trim(), ask = () => this.search(typed, {typing: true});
      if (typed.length < LEAST_LETTERS || typed === this.asked) return;
      if (performance.now() - this.sent < TOGETHER_MS) this.waiting = setTimeout(ask, TOGETHER_MS);
      else ask();
    }

    // Enter shows the results here; "All results", or Enter after a failure, goes to the search page as a plain form would. "All results"
    // is no submit button: Enter would press it.
    onSubmit(event) {
      if (this.failed || !this.input.value.trim()) return;
      event.preventDefault();
      clearTimeout(this.waiting);
      this.search(this.input.value.trim(), {typing: false});
    }

    onArrow(event) {
      if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
      const stops = [this.input, ...this.found.querySelectorAll("a, button")];
      const at = stops.indexOf(this.shadowRoot.activeElement), next = stops[at + (event.key === "ArrowDown" ? 1 : -1)];
      if (at < 0 || !next) return;
      event.preventDefault();
      next.focus();
    }

    async search(query, {typing}) {
      this.asking?.abort();
      this.sent = performance.now();
      const mine = this.asking = new AbortController();
      const slow = setTimeout(() => this.say(this.texts.slow), SLOW_AFTER_MS), end = setTimeout(() => mine.abort(), GIVE_UP_AFTER_MS);
      this.body.setAttribute("aria-busy", "true");
      try {
        const response = await fetch(this.service + "api/search", {method: "POST", credentials: "omit", referrerPolicy: "no-referrer", headers: {"content-type": "application/json", "accept-language": this.language, ...(typing && {"search-live": "brief"})}, body: JSON.stringify({q: query, k: PAGES}), signal: mine.signal});
        const answer = response.ok || response.status === 422 ? await response.json() : null;
        if (answer?.verdict === "not_covered" && typing && !answer.crisis) await new Promise(resolve => setTimeout(resolve, EMPTY_AFTER_MS));
        if (mine !== this.asking) return;
        this.failed = !response.ok && response.status !== 422;
        if (this.failed) return this.say(response.status === 429 ? this.texts.busy : this.texts.down);
        this.asked = query;
        answer.error ? this.say(answer.error) : this.show(answer, typing);
      } catch {
        if (mine !== this.asking) return;
        this.failed = true;
        this.say(this.texts.down);
      } finally {
        clearTimeout(slow);
        clearTimeout(end);
        if (mine === this.asking) this.body.removeAttribute("aria-busy");
      }
    }

    say(text) {
      if (this.note.textContent !== text) this.note.textContent = text;
    }

    // What comes late, while somebody is already among the results, waits until they are back in the box.
    show(answer, typing) {
      this.held = null;
      if (typing && this.found.contains(this.shadowRoot.activeElement)) return void (this.held = () => this.show(answer, typing));
      const inCrisis = answer.crisis?.class === "crisis";
      this.say("");
      this.found.replaceChildren(...[this.helpFirst(answer.crisis), ...this.reading(answer.interpretation), inCrisis ? null : this.answer(answer), this.verdict(answer, inCrisis), this.pages(answer)].filter(Boolean));
      if (this.foot) this.foot.hidden = inCrisis;   // the clinic's own number is no emergency line
      this.body.scrollTop = 0;
      clearTimeout(this.telling);
      const count = answer.results.length;
      this.telling = setTimeout(() => { this.status.textContent = [answer.crisis?.panel.heading, fill(count === 1 ? this.texts.found_one : this.texts.found_many, {count})].filter(Boolean).join(" "); }, typing ? EMPTY_AFTER_MS : 0);
    }

    helpFirst(crisis) {
      if (!crisis) return null;
      const panel = crisis.panel;
      if (crisis.class !== "crisis") return make("p", {class: "note soft"}, panel.support_line);
      return make("section", {class: "crisis", "aria-label": panel.heading}, make("h2", {}, panel.heading), make("p", {}, panel.message),
        make("ul", {}, ...panel.lines.map(line => make("li", {}, make("a", {href: safe(line.href)}, line.action), " ", make("span", {class: "soft"}, line.label)))));
    }

    reading({corrected, ambiguous}) {
      const choose = (abbreviation, meaning) => {
        const letters = abbreviation.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
        this.input.value = this.input.value.replace(new RegExp(`(?<![\\p{L}\\p{N}_])${letters}(?![\\p{L}\\p{N}_])`, "iu"), () => meaning);
        this.input.focus();
        this.search(this.input.value.trim(), {typing: false});
      };
      return [
        corrected && make("p", {class: "note soft"}, this.texts.showing_for, " ", make("b", {}, corrected)),
        ...ambiguous.map(one => make("div", {class: "note"}, make("p", {class: "soft"}, this.texts.read_of_several, " ", make("b", {}, one.meanings[0]), ". ", fill(this.texts.may_mean, one)),
          make("div", {class: "chips"}, ...one.meanings.slice(1).map(meaning => make("button", {class: "chip", type: "button", onclick: () => choose(one.abbreviation, meaning)}, meaning))))),
      ];
    }

    answer({answer}) {
      return answer && make("section", {class: "answer", "aria-label": this.texts.answer}, ...this.rephrased(answer), make("h2", {}, this.texts.answer),
        ...this.grouped(answer.quotes).map(quotes => make("div", {class: "quotes"}, ...quotes.map(quote => make("blockquote", {dir: "auto"}, quote.text)), make("p", {class: "soft"}, make("a", {href: safe(this.landing(quotes))}, quotes[0].citation.title)))));
    }

    // The words of a language model, if the clinic has set one: never without the quotes below them.
    rephrased({rephrased}) {
      if (!rephrased?.length) return [];
      return [make("div", {class: "rephrased"}, make("h2", {}, this.texts.rephrased), make("p", {dir: "auto"}, rephrased.map(one => one.text).join(" ")), make("p", {class: "soft"}, this.texts.rephrased_note))];
    }

    // Neighbouring quotes of one place, whose source is named once.
    grouped(quotes) {
      const groups = [];
      for (const quote of quotes) {
        if (groups.at(-1)?.[0].citation.url === quote.citation.url) groups.at(-1).push(quote);
        else groups.push([quote]);
      }
      return groups;
    }

    // One address for all of them: a browser marks the text of every directive.
    landing([first, ...others]) {
      const mark = ":~:text=", url = first.citation.fragment_url;
      return url.includes(mark) ? [url, ...others.map(one => one.citation.fragment_url.split(mark)[1]).filter(Boolean)].join("&text=") : url;
    }

    verdict({verdict}, inCrisis) {
      return !inCrisis && this.texts[verdict] ? make("p", {class: "note soft"}, this.texts[verdict]) : null;
    }

    pages({verdict, results}) {
      const plain = verdict === "not_covered";
      return make("div", {}, plain && results.length ? make("h2", {}, this.texts.closest) : null, make("ol", {}, ...results.map(({title, section, reviewed_on, passage}) => make("li", {class: "page"},
        make("h3", {}, make("a", {href: safe(plain ? passage.citation.url : passage.citation.fragment_url), dir: "auto"}, title)),
        plain ? null : make("p", {class: "soft"}, [...passage.citation.heading_path.filter(heading => heading !== title), this.day(reviewed_on)].filter(Boolean).join(" · ")),
        plain ? null : make("p", {class: "text", dir: "auto"}, ...this.marked(passage))))));
    }

    day(iso) {
      if (!iso) return "";
      const [year, month, day] = iso.split("-").map(Number);
      return fill(this.texts.reviewed, {date: fill(this.texts.date, {day, month: this.texts.months[month - 1], year})});
    }

    // The text around the words that were asked for; offsets count code points, as the service does.
    marked({text, highlights}) {
      const letters = Array.from(text), part = (from, to) => letters.slice(from, to).join("");
      const [start, end] = this.clip(letters, highlights), pieces = start > 0 ? ["… "] : [];
      let at = start;
      for (const [left, right] of highlights) {
        if (left < at || right > end) continue;
        pieces.push(part(at, left), make("mark", {}, part(left, right)));
        at = right;
      }
      return [...pieces, part(at, end), end < letters.length ? " …" : ""];
    }

    clip(letters, highlights) {
      if (letters.length <= CLIP * 1.3) return [0, letters.length];
      const first = highlights.length ? highlights[0][0] : 0;
      const before = letters.lastIndexOf(" ", Math.max(0, first - 60));
      const start = first < 120 ? 0 : before > first - 120 ? before + 1 : first;
      const after = letters.lastIndexOf(" ", start + CLIP);
      return [start, start + CLIP >= letters.length ? letters.length : after > start ? after : start + CLIP];
    }
  }

  if (!customElements.get("clinic-search")) customElements.define("clinic-search", ClinicSearch);
})();
