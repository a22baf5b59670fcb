// Has a telephone number opened: makes a key that never leaves this page, asks, has the passkey
// sign, and opens what comes back (core/browser_seal.py).

import { signed, written } from "./webauthn.js";

const PAUSE = 700;
const INFO = new TextEncoder().encode("hopthu opening v1");
const CURVE = { name: "ECDH", namedCurve: "P-256" };
const KEY_BYTES = 65;
const IV_BYTES = 12;
const OVER = ["opened", "refused", "gone"];

const to64 = (bytes) => btoa(String.fromCharCode(...bytes));
const from64 = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
const pause = () => new Promise((done) => setTimeout(done, PAUSE));

class PageKey {
  static async make() {
    const key = new PageKey();
    key.pair = await crypto.subtle.generateKey(CURVE, false, ["deriveBits"]);
    key.raw = new Uint8Array(await crypto.subtle.exportKey("raw", key.pair.publicKey));
    return key;
  }

  /** What was sealed to this key for this opening. */
  async open(sealed, opening) {
    const theirs = await crypto.subtle.importKey("raw", sealed.slice(0, KEY_BYTES), CURVE, false, []);
    const agreed = { name: "ECDH", public: theirs };
    const secret = await crypto.subtle.deriveBits(agreed, this.pair.privateKey, 256);
    const whole = await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveKey"]);
    const way = { name: "HKDF", hash: "SHA-256", salt: this.raw, info: INFO };
    const aes = { name: "AES-GCM", length: 256 };
    const key = await crypto.subtle.deriveKey(way, whole, aes, false, ["decrypt"]);
    const iv = sealed.slice(KEY_BYTES, KEY_BYTES + IV_BYTES);
    const additionalData = new TextEncoder().encode(opening);
    const hidden = sealed.slice(KEY_BYTES + IV_BYTES);
    const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv, additionalData }, key, hidden);
    return new TextDecoder().decode(plain).trim();
  }
}

class HopthuCall extends HTMLElement {
  connectedCallback() {
    if (!window.PublicKeyCredential || !window.crypto?.subtle) return;
    this.hidden = false;
    this.button = this.querySelector("button");
    this.said = this.querySelector(".call-said");
    this.button.addEventListener("click", () => this.run());
  }

  async run() {
    this.button.disabled = true;
    try {
      await this.askFor(await PageKey.make());
    } catch {
      this.end(this.dataset.broken);
    }
  }

  async askFor(key) {
    const form = this.closest("form");
    const asked = await this.send(this.dataset.ask, form, { page_key: to64(key.raw) });
    if (!asked.opening) {
      this.end(asked.message);
      return;
    }
    const address = this.dataset.ask.replace(/ask$/, asked.opening);
    const last = await this.follow(address, form);
    if (!last) return;
    if (last.state === "opened") this.show(await key.open(from64(last.sealed), asked.opening));
    this.end(last.message, last.state === "opened");
  }

  /** Look again and again until it is over; the one question on the way goes to the passkey. */
  async follow(address, form) {
    for (;;) {
      const now = await this.read(address);
      if (OVER.includes(now.state)) return now;
      this.said.textContent = now.message;
      if (now.state === "question") {
        const answer = await this.passkey(now.question.publicKey);
        if (!answer) return null;
        await this.send(address, form, { answer });
      }
      await pause();
    }
  }

  async passkey(question) {
    try {
      return written(await signed(question));
    } catch {
      this.end(this.dataset.noPasskey);
      return null;
    }
  }

  async read(address) {
    const response = await fetch(address, { headers: { Accept: "application/json" } });
    return response.json();
  }

  async send(address, form, more) {
    const body = new FormData(form);
    for (const [name, value] of Object.entries(more)) body.set(name, value);
    const response = await fetch(address, { method: "POST", body });
    return response.json();
  }

  show(number) {
    const place = this.querySelector(".call-number");
    const link = place.querySelector("a");
    link.href = `tel:${number}`;
    link.textContent = number;
    place.hidden = false;
    link.focus();
  }

  end(message, opened = false) {
    this.said.textContent = message;
    this.button.disabled = false;
    this.button.hidden = opened;
  }
}

customElements.define("hopthu-call", HopthuCall);
