/* A file or a pasted text in, a verdict out. No words and no page here: see verdict.js. */

import { text, utf8 } from "./bytes.js";
import { Fault } from "./faults.js";
import { parseVkeys } from "./notes.js";
import { MAX_PROOF, checkProof, looksLikeProof } from "./proofs.js";
import { checkReceipt } from "./receipts.js";

/** The keys that are trusted, from lines of verifier keys. Throws the fault `vkey`. */
export async function trusted({ keys, retiredKeys = "", promiseKeys = "", witnesses = "" }) {
  const [now, before, promises, others] = await Promise.all([
    parseVkeys(keys),
    parseVkeys(retiredKeys),
    parseVkeys(promiseKeys),
    parseVkeys(witnesses),
  ]);
  for (const key of before) key.retired = true;
  return { keys: [...now, ...before], promiseKeys: promises, witnesses: others };
}

/** The bytes of a file. */
export async function judgeFile(file, trust) {
  if (file.size > MAX_PROOF) return wrong(new Fault("tooLarge"));
  return judge(new Uint8Array(await file.arrayBuffer()), trust);
}

/** What was pasted: there the ends of lines, and what is before and after, are nobody's fault. */
export function judgePasted(pasted, trust) {
  const trimmed = pasted.replaceAll("\r\n", "\n").trim();
  return judge(utf8(trimmed && `${trimmed}\n`), trust);
}

/** {kind: "receipt" | "proof" | "promise", …what is proven} or {kind: "wrong", code, told}. */
export async function judge(bytes, trust) {
  try {
    if (bytes.length > MAX_PROOF) throw new Fault("tooLarge");
    const content = text(bytes);
    if (!content.trim()) throw new Fault("empty");
    if (!looksLikeProof(content)) {
      return { kind: "receipt", ...(await checkReceipt(content, trust)) };
    }
    const proof = await checkProof(content, trust);
    return { kind: proof.steps.some((step) => !step.promise) ? "proof" : "promise", ...proof };
  } catch (error) {
    return wrong(error);
  }
}

function wrong(error) {
  if (!(error instanceof Fault)) throw error;
  return { kind: "wrong", code: error.code, told: error.told };
}
