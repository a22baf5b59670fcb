/* proof.json: what the sender keeps. All entries of one report with their receipts, what was said
   with its salts, and the city's promises for entries that had no place in the log yet. */

import { fromBase64, toBase64 } from "./bytes.js";
import { opens, parseEntry } from "./entries.js";
import { Fault, or } from "./faults.js";
import { leafHash } from "./merkle.js";
import { parseNote, signer } from "./notes.js";
import { checkReceipt } from "./receipts.js";

export const FORMAT = "hopthu proof v1";
export const MAX_PROOF = 16 * 1024 * 1024;

/** What the proof proves. Throws a Fault that says what is wrong, and where. */
export async function checkProof(text, trust) {
  const proof = parse(text);
  const steps = [];
  for (const [at, receipt] of proof.entries.entries()) {
    steps.push(await placed({ line: at + 1 }, () => checkReceipt(receipt, trust)));
  }
  const promises = [];
  for (const note of proof.promises) promises.push(await checkPromise(note, trust));
  steps.push(...(await promised(proof.pending, promises)));
  if (!steps.length && !promises.length) throw new Fault("nothing");
  const order = inOrder(steps, proof.report);
  return {
    report: proof.report,
    steps: order,
    gaps: gaps(order),
    promises,
    ...(await checkValues(proof.values, order)),
  };
}

function parse(text) {
  const proof = or(/\}\s*$/.test(text) ? "damaged" : "cutShort", {}, () => JSON.parse(text));
  if (proof?.format !== FORMAT) throw new Fault("notReceipt");
  const { report, entries, promises = [], pending = [], values = {} } = proof;
  const lists = [entries, promises, pending];
  const whole =
    typeof report === "string" &&
    lists.every((list) => Array.isArray(list) && list.every((one) => typeof one === "string")) &&
    values !== null &&
    typeof values === "object";
  if (!whole) throw new Fault("damaged");
  return { report, entries, promises, pending, values };
}

/** The same, with faults that say in which of the receipts they are. */
async function placed(told, check) {
  try {
    return await check();
  } catch (error) {
    if (error instanceof Fault) Object.assign(error.told, told);
    throw error;
  }
}

/** A note by the city's promise key: the hash of an entry, and by when it is in the log. */
async function checkPromise(text, trust) {
  const note = parseNote(text);
  const [origin, leaf, by] = note.text.split("\n");
  const until = Date.parse(by);
  if (!Number.isFinite(until)) throw new Fault("damaged");
  await signer(note, trust.promiseKeys, origin);
  return { leaf, by: new Date(until) };
}

/** Entries without a place in the log, each held by the promise of its hash. */
async function promised(pending, promises) {
  const steps = [];
  for (const spelled of pending) {
    const entry = or("damaged", {}, () => fromBase64(spelled));
    const leaf = toBase64(await leafHash(entry));
    const promise = promises.find((one) => one.leaf === leaf);
    if (!promise) throw new Fault("notPromised");
    steps.push({ told: parseEntry(entry), promise });
  }
  return steps;
}

function inOrder(steps, report) {
  const order = [...steps].sort((one, other) => one.told.seq - other.told.seq);
  const seqs = new Set(order.map((step) => step.told.seq));
  if (order.some((step) => step.told.report !== report)) throw new Fault("otherReport");
  if (seqs.size !== order.length) throw new Fault("twice");
  return order;
}

/** The numbers of the steps between the first and the last that the file leaves out. */
function gaps(order) {
  const seqs = new Set(order.map((step) => step.told.seq));
  const left = [];
  for (let seq = 1; seq < (order.at(-1)?.told.seq ?? 0) && left.length < 20; seq += 1) {
    if (!seqs.has(seq)) left.push(seq);
  }
  return left;
}

/** Every value against the newest commitment to it; those of which nothing is given here, and those
    that stood there otherwise at first. */
async function checkValues(values, order) {
  const newest = new Map();
  for (const step of order) {
    for (const slot of Object.keys(step.told.commitments ?? {})) newest.set(slot, step);
  }
  const proven = [];
  for (const [slot, opening] of Object.entries(values)) {
    const step = newest.get(slot);
    if (!step) throw new Fault("notCommitted", { slot });
    if (!(await opens(step.told.commitments[slot], slot, opening))) {
      throw new Fault("value", { slot });
    }
    proven.push({ slot, value: opening.value, step });
  }
  const erased = new Set(order.flatMap((step) => step.told.erased ?? []));
  const missing = [...newest.keys()].filter((slot) => !Object.hasOwn(values, slot));
  const changed = [...new Set(order.flatMap((step) => step.told.replaces ?? []))];
  return {
    values: proven,
    missing,
    erased: missing.filter((slot) => erased.has(slot)),
    changed,
  };
}

/** Whether a text is meant as a proof.json. */
export function looksLikeProof(text) {
  return /^\s*\{/.test(text);
}
