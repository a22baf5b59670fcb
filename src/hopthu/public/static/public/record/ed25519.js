/* Ed25519 (RFC 8032): by the browser, or by noble-ed25519 where a phone lacks it. */

import * as noble from "../../vendor/noble/ed25519.js";
import { sha512 } from "../../vendor/noble/sha2.js";

noble.hashes.sha512 = sha512;

/** Whether `signature` is that key's over these bytes. */
export async function verify(publicKey, signature, message) {
  const key = await imported(publicKey);
  if (key) return crypto.subtle.verify("Ed25519", key, signature, message);
  try {
    return noble.verify(signature, message, publicKey, { zip215: false });
  } catch {
    return false; // no point of the curve: nobody's signature
  }
}

/** The browser's key; null where it knows no Ed25519. */
async function imported(publicKey) {
  try {
    return await crypto.subtle.importKey("raw", publicKey, "Ed25519", false, ["verify"]);
  } catch {
    return null;
  }
}
