/* Looks for the number whose SHA-256 after the salt is the challenge (src/hopthu/core/puzzles.py).

   The browser's own SHA-256 answers each time by a promise, which takes longer than the sum. */

import { sha256 } from "../vendor/noble/sha2.js";

const encoder = new TextEncoder();

addEventListener("message", ({ data }) => {
  const started = performance.now();
  const number = find(data.salt, bytesOf(data.challenge), data.most);
  postMessage({ number, milliseconds: performance.now() - started });
});

function find(salt, challenge, most) {
  const head = sha256.create().update(encoder.encode(salt));
  for (let number = 0; number <= most; number += 1) {
    const digest = head.clone().update(encoder.encode(String(number))).digest();
    if (digest.every((byte, place) => byte === challenge[place])) return number;
  }
  return "";
}

function bytesOf(hex) {
  return Uint8Array.from(hex.match(/../g), (pair) => parseInt(pair, 16));
}
