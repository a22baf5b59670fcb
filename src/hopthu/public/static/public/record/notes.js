/* Signed notes, verifier keys and checkpoints: c2sp.org/signed-note, tlog-cosignature,
   tlog-checkpoint. The same rules as in core/signed_notes.py and core/checkpoints.py. */

import { fromBase64, join, same, toHex, utf8 } from "./bytes.js";
import { verify } from "./ed25519.js";
import { Fault, or } from "./faults.js";
import { sha256 } from "./hashing.js";

const LOG = 0x01;
const COSIGNATURE = 0x04;
const SIGNATURE = /^— ([^\s+]+) ([A-Za-z0-9+/]+=*)$/;
const CONTROLS = /[\x00-\x09\x0b-\x1f]/;
const SIZE = /^(0|[1-9][0-9]{0,18})$/;
const MAX_NOTE = 64 * 1024;
const MAX_SIGNATURES = 64;

/** `name+id+key`, of a log or a witness. Throws the fault `vkey`. */
export async function parseVkey(spelled) {
  const [, name, id, key] = /^([^\s+]+)\+([0-9a-f]{8})\+(\S+)$/.exec(spelled.trim()) ?? [];
  const typed = or("vkey", {}, () => fromBase64(key));
  const hash = await sha256(join(utf8(`${name}\n`), typed));
  const known = typed.length === 33 && [LOG, COSIGNATURE].includes(typed[0]);
  if (!known || toHex(hash.subarray(0, 4)) !== id) throw new Fault("vkey");
  return { name, id: hash.subarray(0, 4), type: typed[0], publicKey: typed.subarray(1) };
}

/** Every key of a text with one a line. Throws the fault `vkey`. */
export function parseVkeys(lines) {
  return Promise.all(lines.split("\n").filter((line) => line.trim()).map(parseVkey));
}

/** Text, blank line, signature lines. Throws `crlf`, `cutShort` or `damaged`. */
export function parseNote(note) {
  if (note.length > MAX_NOTE) throw new Fault("tooLarge");
  if (note.includes("\r")) throw new Fault("crlf");
  if (CONTROLS.test(note)) throw new Fault("damaged");
  const blank = note.lastIndexOf("\n\n");
  if (blank < 0 || blank + 2 === note.length || !note.endsWith("\n")) throw new Fault("cutShort");
  const lines = note.slice(blank + 2, -1).split("\n");
  if (lines.length > MAX_SIGNATURES) throw new Fault("damaged");
  return { text: note.slice(0, blank + 1), signatures: lines.map(signature) };
}

function signature(line) {
  const [, name, spelled] = SIGNATURE.exec(line) ?? [];
  const blob = or("damaged", {}, () => fromBase64(spelled));
  if (!name || blob.length <= 4) throw new Fault("damaged");
  return { name, id: blob.subarray(0, 4), bytes: blob.subarray(4) };
}

/** Origin, size (a BigInt) and root from a note's text. Throws the fault `damaged`. */
export function parseCheckpoint(text) {
  const lines = text.split("\n");
  if (lines.length < 4 || lines.pop() !== "" || lines.includes("")) throw new Fault("damaged");
  const [origin, size, root] = lines;
  return { origin, size: parseSize(size), root: parseHash(root) };
}

export function parseSize(spelled) {
  if (!SIZE.test(spelled) || BigInt(spelled) >= 2n ** 63n) throw new Fault("damaged");
  return BigInt(spelled);
}

export function parseHash(spelled) {
  const hash = or("damaged", {}, () => fromBase64(spelled));
  if (hash.length !== 32) throw new Fault("damaged");
  return hash;
}

/** The first of `keys` that signed. Throws `signature`, `unknownKey` or `otherLog`. */
export async function signer(note, keys, origin) {
  const found = [];
  for (const key of keys) {
    const own = note.signatures.filter((one) => one.name === key.name && same(one.id, key.id));
    for (const one of own) {
      if (!(await isRight(one, key, note.text))) throw new Fault("signature", { name: key.name });
    }
    if (own.length) found.push(key);
  }
  const right = found.find((key) => key.name === origin && key.type === LOG);
  if (right) return right;
  const known = keys.some((key) => key.name === origin);
  throw new Fault(known ? "unknownKey" : "otherLog", { name: origin });
}

/** The witnesses that cosigned, each as {name, time} with seconds since 1970. A wrong cosignature
    counts for nothing, and takes nothing away from what the log signed. */
export async function cosigners(note, witnesses) {
  const found = [];
  for (const key of witnesses) {
    for (const one of note.signatures) {
      if (one.name !== key.name || !same(one.id, key.id)) continue;
      if (await isRight(one, key, note.text)) found.push({ name: key.name, time: timeOf(one) });
    }
  }
  return found;
}

async function isRight(one, key, text) {
  const witness = key.type === COSIGNATURE;
  const blob = witness ? one.bytes.subarray(8) : one.bytes;
  const signed = witness ? `cosignature/v1\ntime ${timeOf(one)}\n${text}` : text;
  return blob.length === 64 && verify(key.publicKey, blob, utf8(signed));
}

/** Of a cosignature: its first eight bytes. */
function timeOf(one) {
  return BigInt(`0x${toHex(one.bytes.subarray(0, 8)) || "0"}`);
}
