/* <hopthu-cover> around a photo: places that are to be covered, drawn with a pointer or placed with
   the keyboard. Each is a button with a field `box` in it: left, top, width and height in thousandths
   of the photo. Without this script squares of a grid are ticked, which send the same field. */

const FULL = 1000;
const SMALLEST = 8;
const STEP = 10;
const LONG_STEP = 20;
const NEW = [400, 400, 200, 200];
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

class Cover extends HTMLElement {
  connectedCallback() {
    this.frame = this.querySelector("[data-frame]");
    this.adopt();
    this.querySelector("[data-ticking]").hidden = true;
    this.querySelector("[data-drawing]").hidden = false;
    this.tools();
    this.frame.querySelector("img").draggable = false;
    this.frame.classList.add("cover-draws");
    this.frame.addEventListener("pointerdown", (event) => this.down(event));
    this.frame.addEventListener("keydown", (event) => this.key(event));
    this.frame.addEventListener("focusin", (event) => this.choose(event.target.closest("button")));
  }

  /** What was ticked or drawn before, when the server shows the page again. */
  adopt() {
    const inputs = [...this.frame.querySelectorAll("input[name=box]")];
    const kept = inputs.filter((input) => input.type === "hidden" || input.checked);
    this.frame.querySelector("[data-cells]").remove();
    inputs.forEach((input) => input.remove());
    kept.forEach((input) => this.add(input.value.split(",").map(Number)));
  }

  tools() {
    this.taker = this.querySelector("[data-remove]");
    this.adder = this.querySelector("[data-add]");
    this.nudges = this.querySelector("[data-nudges]");
    this.taker.hidden = this.adder.hidden = this.nudges.hidden = false;
    this.adder.addEventListener("click", () => this.add(NEW).focus());
    this.taker.addEventListener("click", () => this.takeAway(this.chosen));
    this.nudges.addEventListener("click", (event) => this.nudge(event.target.closest("button")));
  }

  add(place) {
    const box = this.querySelector("template[data-box]").content.cloneNode(true).children[0];
    this.frame.append(box);
    put(box, place);
    return box;
  }

  takeAway(box) {
    box?.remove();
    this.choose(null);
    this.adder.focus();
  }

  choose(box) {
    this.chosen?.classList.remove("cover-chosen");
    this.chosen = box;
    box?.classList.add("cover-chosen");
    for (const button of [this.taker, ...this.nudges.children]) button.disabled = !box;
  }

  /** A step for who cannot drag, and has no arrow keys. */
  nudge(button) {
    const by = button?.dataset.nudge.split(",").map((way) => way * LONG_STEP);
    if (by && this.chosen) put(this.chosen, at(this.chosen).map((side, which) => side + by[which]));
  }

  /** Draw a new box, or drag one that is there. */
  down(event) {
    if (event.button !== 0) return;
    event.preventDefault();
    const start = this.at(event);
    const held = event.target.closest(".cover-box");
    const from = held ? at(held) : [...start, 0, 0];
    const box = held ?? this.add(from);
    const move = (moved) => put(box, held ? shifted(from, start, this.at(moved)) : spanned(start, this.at(moved)));
    const end = () => {
      this.frame.removeEventListener("pointermove", move);
      const [, , width, height] = at(box);
      // A click that draws nothing was none.
      if (width < SMALLEST || height < SMALLEST) box.remove();
      else box.focus();
    };
    this.frame.setPointerCapture(event.pointerId);
    this.frame.addEventListener("pointermove", move);
    this.frame.addEventListener("lostpointercapture", end, { once: true });
  }

  key(event) {
    const box = event.target.closest(".cover-box");
    if (!box) return;
    if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault();
      this.takeAway(box);
    } else if (event.key in ARROWS) {
      event.preventDefault();
      const [across, down] = ARROWS[event.key].map((way) => way * STEP);
      const [left, top, width, height] = at(box);
      put(box, event.shiftKey ? [left, top, width + across, height + down] : [left + across, top + down, width, height]);
    }
  }

  /** Where the pointer is, in thousandths of the photo. */
  at(event) {
    const { left, top, width, height } = this.frame.getBoundingClientRect();
    return [((event.clientX - left) / width) * FULL, ((event.clientY - top) / height) * FULL];
  }
}

function at(box) {
  return box.querySelector("input").value.split(",").map(Number);
}

function shifted([left, top, width, height], [fromX, fromY], [x, y]) {
  return [left + x - fromX, top + y - fromY, width, height];
}

function spanned([fromX, fromY], [x, y]) {
  const [left, right] = [fromX, x].map(within).sort((one, other) => one - other);
  const [top, bottom] = [fromY, y].map(within).sort((one, other) => one - other);
  return [left, top, right - left, bottom - top];
}

function within(value) {
  return Math.min(FULL, Math.max(0, value));
}

/** Place a box, whole and within the photo. */
function put(box, [left, top, width, height]) {
  const wide = Math.round(Math.min(FULL, Math.max(1, width)));
  const high = Math.round(Math.min(FULL, Math.max(1, height)));
  const x = Math.round(Math.min(FULL - wide, Math.max(0, left)));
  const y = Math.round(Math.min(FULL - high, Math.max(0, top)));
  box.querySelector("input").value = [x, y, wide, high].join(",");
  const style = { left: x, top: y, width: wide, height: high };
  for (const [side, value] of Object.entries(style)) box.style[side] = `${value / 10}%`;
}

customElements.define("hopthu-cover", Cover);
