/* <hopthu-check>: a receipt or a proof.json in, by choosing, dropping or pasting; a verdict out.
   Everything happens here: nothing is sent, and once this has run the network may be gone.

   data-keys, data-retired-keys, data-promise-keys, data-witnesses: the verifier keys that the city
   publishes, one a line. */

import { judgeFile, judgePasted, trusted } from "./judge.js";
import { show } from "./verdict.js";
import { Words } from "./words.js";

class Check extends HTMLElement {
  async connectedCallback() {
    this.words = new Words(JSON.parse(document.getElementById("check-words").textContent));
    this.icons = {};
    for (const holder of this.querySelectorAll("template[data-icon]")) {
      this.icons[holder.dataset.icon] = holder.content.firstElementChild;
    }
    this.own = await trusted(this.dataset);
    this.trust = this.own;
    this.listen();
    for (const part of this.querySelectorAll("[data-works]")) part.hidden = false;
    this.dataset.ready = "";
  }

  listen() {
    const choose = this.part("file");
    choose.addEventListener("change", () => {
      if (choose.files.length) this.file(choose.files[0]);
      choose.value = ""; // the same file can be chosen again
    });
    this.part("paste").addEventListener("submit", (event) => {
      event.preventDefault();
      this.pasted(this.part("text").value);
    });
    this.part("key").addEventListener("submit", (event) => {
      event.preventDefault();
      this.otherKey();
    });
    for (const type of ["dragover", "dragleave", "drop"]) {
      this.addEventListener(type, (event) => this.dragged(event));
    }
  }

  dragged(event) {
    event.preventDefault();
    this.part("drop").toggleAttribute("data-over", event.type === "dragover");
    if (event.type !== "drop") return;
    const [file] = event.dataTransfer.files;
    if (file) this.file(file);
    else this.pasted(event.dataTransfer.getData("text"));
  }

  file(file) {
    return this.check(file.name, (trust) => judgeFile(file, trust));
  }

  pasted(text) {
    return this.check("", (trust) => judgePasted(text, trust));
  }

  /** `judged` is kept, so that another key can be tried on the same file. */
  async check(name, judged) {
    this.judged = judged;
    this.name = name;
    this.setAttribute("aria-busy", "true");
    try {
      this.tell(await judged(this.trust));
    } finally {
      this.removeAttribute("aria-busy");
    }
  }

  tell(verdict) {
    if (verdict.kind === "promise") {
      verdict.late = verdict.promises.every((one) => one.by.getTime() < Date.now());
    }
    const shown = show(verdict, this.words, this.icons);
    if (this.name) shown.querySelector(".verdict-label").append(` · ${this.name}`);
    this.part("verdict").replaceChildren(shown);
    this.part("said").textContent = shown.querySelector("header").innerText;
    this.part("key").hidden = !["otherLog", "unknownKey"].includes(verdict.code) && !this.foreign;
    shown.scrollIntoView({ block: "nearest" });
  }

  async otherKey() {
    const field = this.part("vkey");
    const keys = await trusted({ keys: field.value }).catch(() => null);
    const right = keys?.keys.length > 0;
    field.setAttribute("aria-invalid", String(!right));
    this.part("vkey-wrong").hidden = right;
    if (!right) return field.focus();
    this.foreign = true;
    // A promise is signed by a key of its own, whose name ends so.
    this.trust = {
      keys: [...this.own.keys, ...keys.keys],
      promiseKeys: [...this.own.promiseKeys, ...keys.keys],
      witnesses: this.own.witnesses,
    };
    return this.check(this.name, this.judged);
  }

  part(name) {
    return this.querySelector(`[data-${name}]`);
  }
}

customElements.define("hopthu-check", Check);
