/* Bytes, base64 in its one spelling (RFC 4648 section 4), UTF-8. */

import { Fault } from "./faults.js";

const encoder = new TextEncoder();

export function utf8(text) {
  return encoder.encode(text);
}

/** Text from bytes that may be anything. Throws the fault `notText`. */
export function text(bytes) {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Fault("notText");
  }
}

/** Throws an Error for any other spelling than the one that these bytes have. */
export function fromBase64(spelled) {
  const bytes = Uint8Array.from(atob(spelled), (letter) => letter.charCodeAt(0));
  if (toBase64(bytes) !== spelled) throw new Error("base64");
  return bytes;
}

export function toBase64(bytes) {
  let letters = "";
  for (const byte of bytes) letters += String.fromCharCode(byte);
  return btoa(letters);
}

export function toHex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export function join(...parts) {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export function same(one, other) {
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}
