/* Receipts: one entry, its path, the checkpoint (c2sp.org/tlog-proof; core/tlog_proofs.py). */

import { fromBase64 } from "./bytes.js";
import { parseEntry } from "./entries.js";
import { Fault, or } from "./faults.js";
import { leafHash, verifyInclusion } from "./merkle.js";
import { cosigners, parseCheckpoint, parseHash, parseNote, parseSize, signer } from "./notes.js";

export const MAGIC = "c2sp.org/tlog-proof@v1";
export const MAX_RECEIPT = 256 * 1024;
const MAX_HASHES = 63;

/** Throws `tooLarge`, `crlf`, `notReceipt`, `cutShort`, `noEntry` or `damaged`. */
export function parseReceipt(receipt) {
  if (receipt.length > MAX_RECEIPT) throw new Fault("tooLarge");
  if (receipt.includes("\r")) throw new Fault("crlf");
  const blank = receipt.indexOf("\n\n");
  const lines = (blank < 0 ? receipt : receipt.slice(0, blank)).split("\n");
  if (lines[0] !== MAGIC) {
    throw new Fault(receipt && MAGIC.startsWith(receipt) ? "cutShort" : "notReceipt");
  }
  if (blank < 0) throw new Fault("cutShort");
  if (lines[1]?.startsWith("index ")) throw new Fault("noEntry");
  const entry = or("damaged", {}, () => fromBase64(after("extra ", lines[1])));
  const index = parseSize(after("index ", lines[2]));
  const path = lines.slice(3).map(parseHash);
  if (path.length > MAX_HASHES) throw new Fault("damaged");
  const note = parseNote(receipt.slice(blank + 2));
  return { entry, index, path, note, head: parseCheckpoint(note.text) };
}

function after(word, line = "") {
  if (!line.startsWith(word)) throw new Fault("damaged");
  return line.slice(word.length);
}

/** What the receipt proves. `trust` has the keys. Throws a Fault that says what is wrong. */
export async function checkReceipt(text, trust) {
  const receipt = parseReceipt(text);
  const { index, head, note, path } = receipt;
  const key = await signer(note, trust.keys, head.origin);
  await verifyInclusion(index, head.size, await leafHash(receipt.entry), path, head.root);
  return {
    told: parseEntry(receipt.entry),
    index,
    size: head.size,
    root: head.root,
    key,
    witnesses: await cosigners(note, trust.witnesses),
  };
}
