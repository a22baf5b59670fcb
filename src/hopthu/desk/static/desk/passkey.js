// Asks the device for a passkey, or for its signature: the page holds the question, the form takes
// the answer to the server.

import { made, signed, written } from "./webauthn.js";

class HopthuPasskey extends HTMLElement {
  connectedCallback() {
    if (!window.PublicKeyCredential) return;
    this.hidden = false;
    this.querySelector("button").addEventListener("click", () => this.ask());
  }

  async ask() {
    const form = this.closest("form");
    const refused = form.querySelector("[data-refused]");
    refused.hidden = true;
    const asked = JSON.parse(document.getElementById("question").textContent).publicKey;
    try {
      const credential = await (asked.user ? made(asked) : signed(asked));
      form.elements.answer.value = written(credential);
    } catch {
      refused.hidden = false;
      return;
    }
    form.submit();
  }
}

customElements.define("hopthu-passkey", HopthuPasskey);
