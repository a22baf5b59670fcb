/* The last page: the draft goes from this phone, and number and code can be copied and printed. */

import { clear, markSent } from "./draft.js";

class Done extends HTMLElement {
  connectedCallback() {
    clear();
    markSent(this.dataset.submission);
  }
}

class Keep extends HTMLElement {
  connectedCallback() {
    this.hidden = false;
    const copy = this.querySelector("[data-copy]");
    copy.hidden = !navigator.clipboard;
    copy.addEventListener("click", async () => {
      await navigator.clipboard.writeText(copy.dataset.copy);
      this.querySelector("[data-copied]").hidden = false;
    });
    this.querySelector("[data-print]").addEventListener("click", () => window.print());
  }
}

customElements.define("hopthu-done", Done);
customElements.define("hopthu-keep", Keep);
