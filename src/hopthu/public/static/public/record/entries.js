/* Entries of the record and the values that they commit to: docs/record-format.md. */

import { fromBase64, join, same, text, toBase64, utf8 } from "./bytes.js";
import { Fault, or } from "./faults.js";
import { hmac } from "./hashing.js";

const DOMAIN = "hopthu commitment v1\n";
const SALT = 32;
const TYPE = /^[a-z_]+(\.[a-z]+)?$/;
const NUMBER = /^[0-9A-HJKMNP-TV-Z]{8}$/;
const HOUR = /^\d{4}-\d\d-\d\dT\d\d:00:00Z$/;
const DAY = /^\d{4}-\d\d-\d\d$/;

/** The one spelling of a JSON value (RFC 8785), of those that the record uses. Throws an Error. */
export function canonical(value) {
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "string") return string(value);
  if (Number.isSafeInteger(value)) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value !== "object") throw new Error("not of the record");
  const names = Object.keys(value).sort();
  return `{${names.map((name) => `${string(name)}:${canonical(value[name])}`).join(",")}}`;
}

function string(value) {
  encodeURIComponent(value); // throws for half a pair of UTF-16, which UTF-8 cannot spell
  return JSON.stringify(value);
}

/** What an entry says. Throws the fault `entry`. */
export function parseEntry(bytes) {
  const told = or("entry", {}, () => {
    const value = JSON.parse(text(bytes));
    if (!same(utf8(canonical(value)), bytes)) throw new Error("another spelling");
    return value;
  });
  if (!isEntry(told)) throw new Fault("entry");
  return told;
}

function isEntry(told) {
  if (told?.v !== 1 || !TYPE.test(told.type)) return false;
  if (told.private !== undefined && told.private !== true) return false;
  const time = told.private ? DAY : HOUR;
  if (!time.test(told.time) || !Number.isFinite(Date.parse(told.time))) return false;
  const seq = told.seq ?? 0;
  const numbered = told.report === undefined ? seq === 0 : NUMBER.test(told.report) && seq >= 1;
  return numbered && Object.values(told.commitments ?? {}).every(isCommitment);
}

function isCommitment(spelled) {
  try {
    return fromBase64(spelled).length === 32;
  } catch {
    return false;
  }
}

/** Whether `opening`, {salt, value}, is what was committed to under that name. */
export async function opens(commitment, slot, opening) {
  try {
    const salt = fromBase64(opening.salt);
    // HMAC fills a shorter key up with zeroes: of two salts one would do for the other.
    if (salt.length !== SALT) return false;
    const message = join(utf8(`${DOMAIN}${slot}\n`), utf8(canonical(opening.value)));
    return toBase64(await hmac(salt, message)) === commitment;
  } catch {
    return false; // no salt, or no value that the record could hold
  }
}
