// A button that prints: shown only where it works.

class HopthuPrint extends HTMLElement {
  connectedCallback() {
    this.hidden = false;
    this.querySelector("button").addEventListener("click", () => window.print());
  }
}

customElements.define("hopthu-print", HopthuPrint);
