/* <hopthu-puzzle> in the form of a report, where the city asks for proof of work: a worker looks for
   the number while the page is read, and puts it into the form. A browser that cannot do it sends
   the form without; the city then asks for a little patience in its place. */

const PATIENCE = 60_000;

class Puzzle extends HTMLElement {
  connectedCallback() {
    if (this.solution) return;
    this.querySelector("[data-working]").hidden = false;
    this.solution = this.solve().catch(() => "");
    this.solution.then((number) => (this.input("solution").value = number));
  }

  disconnectedCallback() {
    this.worker?.terminate();
  }

  /** When there is a solution, or none will come. */
  async settled() {
    await this.solution;
  }

  solve() {
    return new Promise((done, fail) => {
      this.worker = new Worker(new URL(this.dataset.worker, location.origin), { type: "module" });
      const late = setTimeout(() => this.end(fail, new Error("too slow")), PATIENCE);
      this.worker.addEventListener("message", ({ data }) => {
        clearTimeout(late);
        this.dataset.milliseconds = Math.round(data.milliseconds);
        this.end(done, String(data.number));
      });
      this.worker.addEventListener("error", (error) => this.end(fail, error));
      this.worker.postMessage(JSON.parse(this.input("puzzle").value));
    });
  }

  end(tell, what) {
    this.worker.terminate();
    tell(what);
  }

  input(name) {
    return this.querySelector(`input[name=${name}]`);
  }
}

customElements.define("hopthu-puzzle", Puzzle);
