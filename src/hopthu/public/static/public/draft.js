/* The draft of a report, kept on this phone alone: for 24 hours, until it is sent or cleared.

   Kept are the fields of the form as [name, value] pairs; of photos only the tokens. A browser
   that keeps nothing (a private window, a full phone) loses nothing but this convenience. */

const KEY = "hopthu-draft";
const SENT = "hopthu-sent";
const LIFETIME = 24 * 3600 * 1000;

export function load() {
  try {
    const draft = JSON.parse(localStorage.getItem(KEY));
    if (draft && Date.now() - draft.at < LIFETIME) return draft;
  } catch {
    // Unreadable: as good as none.
  }
  forget("localStorage", KEY);
  return null;
}

export function save(page, fields) {
  try {
    if (wasSent(new Map(fields).get("submission"))) return;
    localStorage.setItem(KEY, JSON.stringify({ at: Date.now(), page, fields }));
  } catch {
    // The phone keeps nothing: the form still works.
  }
}

export function clear() {
  forget("localStorage", KEY);
  forget("sessionStorage", SENT);
}

function forget(storage, key) {
  try {
    window[storage].removeItem(key);
  } catch {
    // Nothing was kept.
  }
}

/** A page that "back" shows again after sending is no draft any more. Only the end of its random
    id is kept, in this tab alone: the whole would be as good as the follow-up code. */
export function markSent(submission) {
  try {
    sessionStorage.setItem(SENT, submission.slice(-8));
  } catch {
    // The server knows what was sent, whatever this phone keeps.
  }
}

function wasSent(submission) {
  return Boolean(submission) && sessionStorage.getItem(SENT) === submission.slice(-8);
}

const PASSING = new Set([
  "page", "changing", "subject", "program", "puzzle", "solution", "cover", "covering", "box",
]);

/** The fields of a form as pairs, without files and without what belongs to one sight of a page. */
export function fieldsOf(form) {
  const fields = [...new FormData(form)].filter(([, value]) => typeof value === "string");
  return fields.filter(([name]) => !PASSING.has(name));
}

/** Put kept values into a form: into the inputs that can be seen, the rest as hidden inputs. */
export function fill(form, fields) {
  const values = new Map();
  for (const [name, value] of fields) values.set(name, [...(values.get(name) ?? []), value]);
  const photos = form.querySelector("hopthu-photos");
  if (photos) {
    photos.adopt(values.get("upload") ?? []);
    values.delete("upload");
  }
  for (const element of [...form.elements]) {
    if (element.type === "hidden" && values.has(element.name)) element.remove();
  }
  for (const [name, list] of values) {
    const seen = [...form.elements].filter((element) => element.name === name);
    if (seen.length) seen.forEach((element) => put(element, list));
    else list.forEach((value) => form.append(hidden(name, value)));
  }
}

export function hidden(name, value) {
  const input = document.createElement("input");
  Object.assign(input, { type: "hidden", name, value });
  return input;
}

function put(element, values) {
  if (element.type === "radio" || element.type === "checkbox") {
    element.checked = values.includes(element.value);
    if (element.checked) element.closest("details")?.setAttribute("open", "");
  } else {
    element.value = values[0];
  }
  element.dispatchEvent(new Event("input", { bubbles: true }));
  element.dispatchEvent(new Event("change", { bubbles: true }));
}
