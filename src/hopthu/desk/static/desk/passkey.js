// Asks the device for a passkey, or for its signature: the page holds the question, the form takes
// the answer to the server.

const bytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));

const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

const named = (list) => (list ?? []).map((one) => ({ ...one, id: bytes(one.id) }));

function made(asked) {
  const user = { ...asked.user, id: bytes(asked.user.id) };
  const excludeCredentials = named(asked.excludeCredentials);
  const publicKey = { ...asked, challenge: bytes(asked.challenge), user, excludeCredentials };
  return navigator.credentials.create({ publicKey });
}

function signed(asked) {
  const allowCredentials = named(asked.allowCredentials);
  const publicKey = { ...asked, challenge: bytes(asked.challenge), allowCredentials };
  return navigator.credentials.get({ publicKey });
}

function written(credential) {
  const { response } = credential;
  const parts = ["clientDataJSON", "attestationObject", "authenticatorData", "signature"];
  const kept = parts.filter((part) => response[part]).map((part) => [part, text(response[part])]);
  return JSON.stringify({
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    response: Object.fromEntries(kept),
    clientExtensionResults: credential.getClientExtensionResults(),
  });
}

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
