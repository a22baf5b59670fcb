/* <hopthu-wizard> around the form of a new report: keeps what was typed, sends once, and holds on
   to the form when the network is lost. Without this script the form works all the same.

   Inside it, hidden until needed: [data-kept] (with [data-resume] and [data-clear]), [data-offline],
   [data-waiting]; the words of all of them are the page's. */

import { clear, fieldsOf, fill, load, save } from "./draft.js";

const RETRY = 10_000;
const PATIENCE = 90_000;

class Wizard extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("#form");
    this.page = this.dataset.page;
    this.busy = false;
    this.restore();
    this.keep = this.keep.bind(this);
    this.online = () => this.resume();
    for (const type of ["input", "change"]) this.form.addEventListener(type, this.keep);
    this.form.addEventListener("submit", (event) => this.submit(event));
    window.addEventListener("pagehide", this.keep);
    window.addEventListener("pageshow", (this.shown = () => this.release()));
    window.addEventListener("online", this.online);
    this.querySelector("[data-clear]").addEventListener("click", () => {
      this.forget();
      location.assign(location.pathname);
    });
    for (const other of this.querySelectorAll("[data-supports]")) {
      other.addEventListener("submit", () => this.forget());
    }
    this.keep();
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
    window.removeEventListener("pagehide", this.keep);
    window.removeEventListener("pageshow", this.shown);
    window.removeEventListener("online", this.online);
  }

  restore() {
    const draft = load();
    if (!draft) return;
    const kept = new Map(draft.fields);
    const same = kept.get("submission") === this.form.elements.submission?.value;
    const [visit] = performance.getEntriesByType("navigation");
    // After a step forward the server's page is the newest; after a reload or "back" ours is.
    if (same && (!visit || visit.type === "navigate")) return;
    const before = JSON.stringify(fieldsOf(this.form));
    fill(this.form, draft.fields.filter(([name]) => !this.chosenByLink(name)));
    const worthTelling = ["text", "landmark", "lat", "upload"].some((name) => kept.get(name));
    if (!worthTelling || before === JSON.stringify(fieldsOf(this.form))) return;
    this.stoppedAt = draft.page;
    this.tell(draft.page, same);
  }

  /** A link that names a category means that one, whatever was kept. */
  chosenByLink(name) {
    return new URLSearchParams(location.search).has(name);
  }

  tell(page, same) {
    const line = this.querySelector("[data-kept]");
    line.hidden = false;
    const resume = line.querySelector("[data-resume]");
    resume.hidden = same || page === this.page;
    resume.value = page;
  }

  keep() {
    if (!this.forgotten) save(this.stoppedAt ?? this.page, fieldsOf(this.form));
  }

  forget() {
    this.forgotten = true;
    clear();
  }

  async submit(event) {
    if (this.busy) return event.preventDefault();
    this.stoppedAt = undefined;
    this.keep();
    const photos = this.querySelector("hopthu-photos");
    const last = this.page === "check" && !event.submitter?.name;
    if (!last && !photos?.busy && navigator.onLine) return this.hold();
    event.preventDefault();
    this.hold();
    this.say("waiting", Boolean(photos?.busy));
    await photos?.settled();
    if (last) return this.send();
    this.release();
    if (!navigator.onLine) return this.say("offline", true);
    this.hold();
    this.native(event.submitter);
  }

  /** Submit without our own listener, as the button would have. */
  native(submitter) {
    if (submitter?.name) {
      const input = document.createElement("input");
      Object.assign(input, { type: "hidden", name: submitter.name, value: submitter.value });
      this.form.append(input);
    }
    this.form.submit();
  }

  /** The last step: by fetch, so that a lost network never costs the page that holds the words. */
  async send() {
    this.hold();
    this.say("offline", false);
    try {
      await this.querySelector("hopthu-puzzle")?.settled();
      const response = await fetch(this.form.action, {
        method: "POST",
        body: new FormData(this.form),
        signal: AbortSignal.timeout?.(PATIENCE),
      });
      const type = response.headers.get("Content-Type") ?? "";
      if (response.status >= 500 || !type.startsWith("text/html")) throw new Error("no answer");
      await show(await response.text());
    } catch {
      this.release();
      this.pending = true;
      this.say("offline", true);
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.resume(), RETRY);
    }
  }

  /** Try again by itself; the form's random id makes trying often one report. */
  resume() {
    this.say("offline", this.pending);
    if (this.pending && !this.busy && this.isConnected) this.send();
  }

  hold() {
    this.busy = true;
    this.form.setAttribute("aria-busy", "true");
  }

  release() {
    this.busy = false;
    this.form.removeAttribute("aria-busy");
    this.say("waiting", false);
  }

  say(what, shown) {
    const line = this.querySelector(`[data-${what}]`);
    if (line) line.hidden = !shown;
  }
}

/** Show a page that came by fetch in place of this one, with its scripts. */
async function show(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  for (const sheet of page.querySelectorAll("link[rel=stylesheet]")) {
    if (!document.querySelector(`link[href="${sheet.getAttribute("href")}"]`)) {
      document.head.append(document.adoptNode(sheet));
    }
  }
  const scripts = [...page.querySelectorAll("script[type=module][src]")];
  const sources = scripts.map((script) => script.getAttribute("src"));
  document.title = page.title;
  document.body.replaceWith(document.adoptNode(page.body));
  await Promise.all(sources.map((source) => import(new URL(source, location.origin))));
  window.scrollTo(0, 0);
  const target = document.querySelector("[data-focus], main h1");
  if (target) {
    target.tabIndex = -1;
    target.focus();
  }
}

customElements.define("hopthu-wizard", Wizard);
