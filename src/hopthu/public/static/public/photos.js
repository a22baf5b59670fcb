/* <hopthu-photos> around a file input: makes photos small on the phone, sends each at once, shows
   how far it is, and puts the token that comes back into the form. Whatever fails leaves the photo
   in the form itself, which then carries it as it would without this script. */

const LONGEST = 2048;
const QUALITY = 0.8;

class Photos extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("input[type=file]");
    this.list = this.querySelector("[data-list]");
    this.under = new Set();
    this.waiting = new Map();
    this.input.addEventListener("change", () => this.add([...this.input.files]));
    this.buttons();
    this.list.addEventListener("click", (event) => this.click(event));
    this.list.addEventListener("error", (event) => this.lost(event.target), true);
  }

  /** Our own buttons, in the reader's language, in place of the browser's. */
  buttons() {
    const choose = this.querySelector("[data-choose]");
    choose.hidden = false;
    this.input.hidden = true;
    choose.querySelector("[data-album]").addEventListener("click", () => this.input.click());
    const camera = choose.querySelector("[data-camera]");
    camera.hidden = !matchMedia("(pointer: coarse)").matches;
    camera.addEventListener("click", () => {
      const input = document.createElement("input");
      Object.assign(input, { type: "file", accept: "image/*", capture: "environment" });
      input.addEventListener("change", () => this.add([...input.files]));
      input.click();
    });
  }

  get busy() {
    return this.under.size > 0;
  }

  /** When all photos have arrived, or are left to the form. */
  async settled() {
    while (this.busy) await Promise.all(this.under);
  }

  get tokens() {
    return [...this.list.querySelectorAll("input[name=upload]")].map((input) => input.value);
  }

  /** Show exactly these uploads: those of a draft that this phone kept. */
  adopt(tokens) {
    for (const item of [...this.list.children]) {
      const token = item.querySelector("input[name=upload]")?.value;
      if (token && !tokens.includes(token)) item.remove();
    }
    const here = this.tokens;
    for (const token of tokens.filter((token) => !here.includes(token))) {
      this.arrived(this.item(), token, `${this.dataset.upload}/${token}`);
    }
    this.changed();
  }

  add(files) {
    const room = Number(this.dataset.max) - this.list.children.length;
    this.say(files.length > room ? this.words("many") : "");
    this.input.value = "";
    for (const file of files.slice(0, Math.max(0, room))) {
      const item = this.item();
      this.waiting.set(item, file);
      this.start(item, file);
    }
    this.changed();
  }

  item() {
    const item = this.querySelector("template[data-item]").content.cloneNode(true).children[0];
    this.list.append(item);
    return item;
  }

  start(item, file) {
    const work = this.send(item, file).finally(() => this.under.delete(work));
    this.under.add(work);
  }

  async send(item, file) {
    item.classList.remove("upload-wrong");
    item.querySelector("[data-again]").hidden = true;
    item.querySelector("progress").hidden = false;
    try {
      const small = await shrink(file);
      const answer = await post(this.dataset.upload, small, (part) => {
        item.querySelector("progress").value = part;
      });
      if (!item.isConnected) return;
      if (answer.token) this.arrived(item, answer.token, answer.thumb);
      else this.refused(item, answer.error);
    } catch {
      if (item.isConnected) this.failed(item);
    }
    this.changed();
  }

  arrived(item, token, thumb) {
    this.waiting.delete(item);
    const picture = item.querySelector("img");
    picture.hidden = false;
    picture.src = thumb;
    item.querySelector("progress")?.remove();
    item.querySelector("[data-again]")?.remove();
    item.querySelector(".upload-words").textContent = this.words("here");
    const cover = item.querySelector("[data-cover]");
    if (cover) {
      cover.value = token;
      cover.hidden = false;
    }
    const input = document.createElement("input");
    Object.assign(input, { type: "hidden", name: "upload", value: token });
    item.append(input);
  }

  /** The server has looked at it and does not want it: nothing to try again. */
  refused(item, words) {
    this.waiting.delete(item);
    item.remove();
    this.say(words);
  }

  failed(item) {
    item.classList.add("upload-wrong");
    item.querySelector("progress").hidden = true;
    item.querySelector("[data-again]").hidden = false;
    item.querySelector(".upload-words").textContent = this.words("waits");
  }

  /** A kept upload whose picture is gone has expired, unless there is just no network. */
  lost(picture) {
    if (!navigator.onLine || picture.tagName !== "IMG") return;
    picture.closest("li").remove();
    this.say(this.words("gone"));
    this.changed();
  }

  click(event) {
    const item = event.target.closest("li");
    if (event.target.closest("[data-remove]")) {
      event.preventDefault();
      this.waiting.delete(item);
      item.remove();
      this.changed();
      this.querySelector("[data-album]").focus();
    } else if (event.target.closest("[data-again]")) {
      this.start(item, this.waiting.get(item));
    }
  }

  /** Tell the form, and hand it the photos that could not be sent by themselves. */
  changed() {
    this.list.hidden = this.list.children.length === 0;
    try {
      const left = new DataTransfer();
      const sending = [...this.waiting.values()];
      sending.forEach((file) => left.items.add(file));
      this.input.files = left.files;
    } catch {
      // An old browser: what failed can be chosen again.
    }
    this.dispatchEvent(new Event("change", { bubbles: true }));
  }

  words(name) {
    const template = this.querySelector("template[data-words]");
    return template.content.querySelector(`[data-${name}]`).textContent;
  }

  say(words) {
    const line = this.querySelector("[data-message]");
    line.textContent = words;
    line.hidden = !words;
  }
}

/** A smaller JPEG or WebP without metadata; the file itself where this browser cannot draw it. */
async function shrink(file) {
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(picture.width * scale));
    canvas.height = Math.max(1, Math.round(picture.height * scale));
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    const blob = await new Promise((done) => canvas.toBlob(done, "image/webp", QUALITY));
    if (!blob || (scale === 1 && blob.size > file.size)) return file;
    return new File([blob], file.name, { type: blob.type });
  } catch {
    return file;
  }
}

/** The server's JSON answer, also where it says no; throws when there was none. */
function post(address, file, progress) {
  return new Promise((done, fail) => {
    const form = new FormData();
    form.append("photo", file, file.name);
    const request = new XMLHttpRequest();
    request.open("POST", address);
    request.responseType = "json";
    request.timeout = 120_000;
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) progress(event.loaded / event.total);
    });
    request.addEventListener("load", () => {
      // Too many just now: the photo stays in the form, and can be sent again.
      if (request.status === 429) return fail(new Error("later"));
      const answer = request.response;
      if (answer?.token || answer?.error) done(answer);
      else fail(new Error("no answer"));
    });
    for (const type of ["error", "timeout", "abort"]) {
      request.addEventListener(type, () => fail(new Error(type)));
    }
    request.send(form);
  });
}

customElements.define("hopthu-photos", Photos);
