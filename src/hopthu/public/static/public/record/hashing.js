/* SHA-256 and HMAC (RFC 2104): by the browser, or by noble-hashes where a page without https may
   not ask the browser. */

import { sha256 as noble } from "../../vendor/noble/sha2.js";
import { join } from "./bytes.js";

const BLOCK = 64;

export async function sha256(bytes) {
  const subtle = globalThis.crypto?.subtle;
  return subtle ? new Uint8Array(await subtle.digest("SHA-256", bytes)) : noble(bytes);
}

export async function hmac(key, message) {
  const block = new Uint8Array(BLOCK);
  block.set(key.length > BLOCK ? await sha256(key) : key);
  const inner = await sha256(join(block.map((byte) => byte ^ 0x36), message));
  return sha256(join(block.map((byte) => byte ^ 0x5c), inner));
}
