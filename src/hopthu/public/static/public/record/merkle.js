/* Merkle trees: how an entry's path leads to the root (RFC 9162 sections 2.1.1 and 2.1.3.2). */

import { join, same } from "./bytes.js";
import { Fault } from "./faults.js";
import { sha256 } from "./hashing.js";

const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

export function leafHash(entry) {
  return sha256(join(LEAF, entry));
}

function nodeHash(left, right) {
  return sha256(join(NODE, left, right));
}

/** `index` and `size` are BigInts. Throws the fault `path`: the leaf is not in that tree. */
export async function verifyInclusion(index, size, leaf, path, root) {
  if (index >= size) throw new Fault("path");
  let [number, last, result] = [index, size - 1n, leaf];
  for (const sibling of path) {
    if (last === 0n) throw new Fault("path");
    if (number & 1n || number === last) {
      result = await nodeHash(sibling, result);
      while (number && !(number & 1n)) [number, last] = [number >> 1n, last >> 1n];
    } else {
      result = await nodeHash(result, sibling);
    }
    [number, last] = [number >> 1n, last >> 1n];
  }
  if (last !== 0n || !same(result, root)) throw new Fault("path");
}
