/* <hopthu-follow>: opens the report that a link brings in its fragment (which no server sees), and
   catches a slip in the code before it is sent. */

import { isWhole } from "./damm.js";
import { clear } from "./draft.js";

const SIGN = /^#([0-9A-Za-z]{4}-?[0-9A-Za-z]{4})-(\d{16})$/;

class Follow extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    if ("forget" in this.dataset) clear();
    this.form.addEventListener("submit", (event) => this.check(event));
    this.form.elements.code.addEventListener("input", () => this.slip(false));
    window.addEventListener("hashchange", () => this.read());
    this.read();
  }

  read() {
    const sign = SIGN.exec(decodeURIComponent(location.hash));
    if (!sign) return;
    const [, number, code] = sign;
    // Out of the address bar, and out of the browser's history.
    history.replaceState(null, "", location.pathname + location.search);
    if (number.replace("-", "").toUpperCase() === this.dataset.number) return;
    this.form.elements.number.value = number;
    this.form.elements.code.value = code;
    this.form.requestSubmit();
  }

  check(event) {
    const digits = this.form.elements.code.value.replace(/[^0-9]/g, "");
    const wrong = digits.length === 16 && !isWhole(digits);
    this.slip(wrong);
    if (wrong) {
      event.preventDefault();
      this.form.elements.code.focus();
    }
  }

  slip(shown) {
    const words = this.querySelector("[data-slip-words]");
    if (words) words.hidden = !shown;
    this.form.elements.code.setAttribute("aria-invalid", String(shown));
  }
}

customElements.define("hopthu-follow", Follow);
