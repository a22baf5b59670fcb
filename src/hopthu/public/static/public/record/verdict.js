/* A verdict of judge.js, as the page shows it: a plain sentence first, then what exactly is proven,
   or what is wrong and what to do. */

import { toBase64 } from "./bytes.js";
import { facts, folded, h } from "./dom.js";
import { canonical } from "./entries.js";
import { decided, shown, told } from "./told.js";

const TONES = { receipt: "good", proof: "good", promise: "waits", wrong: "bad" };

/** `icons` are elements by name, to be copied. */
export function show(verdict, words, icons) {
  const tone = TONES[verdict.kind];
  const icon = (name) => icons[name].cloneNode(true);
  const mark = h("span", "verdict-mark", icon(tone));
  mark.setAttribute("aria-hidden", "true");
  const { title, body } = SHOWN[verdict.kind](verdict, words, icon);
  const label = h("p", "verdict-label", words.say(tone));
  const head = h("header", "verdict-head", mark, h("div", "", label, h("h2", "", title)));
  return h("section", `verdict verdict-${tone}`, head, ...body);
}

const SHOWN = { receipt, proof, promise, wrong };

function receipt(verdict, words, icon) {
  const entry = verdict.told;
  const rows = [
    [words.say("report"), entry.report ? words.report(entry.report) : ""],
    [words.say("happened"), words.type(entry)],
    [words.say("when"), words.time(entry)],
    ...told(words, entry),
  ];
  const body = [h("p", "", standing(verdict, words)), facts(rows), ...signers(verdict, words)];
  if (entry.commitments) body.push(h("p", "muted", words.say("sealed")));
  body.push(folded(icon("fold"), words.say("details"), technical(verdict, words)));
  return { title: words.say("receipt"), body };
}

function standing({ index, size, key }, words) {
  const place = { n: words.number(index + 1n), of: words.number(size), name: key.name };
  return words.say("standing", place);
}

/** Who else signed, and whether the log's own key is still in use. */
function signers({ witnesses: found, key }, words) {
  return [key.retired ? h("p", "", words.say("retired")) : null, cosigners(found, words)];
}

function cosigners(found, words) {
  if (!found.length) return h("p", "muted", words.say("unwitnessed"));
  const items = found.map(({ name, time }) => {
    const at = words.moment(new Date(Number(time) * 1000));
    return h("li", "", words.say("witness", { name, at }));
  });
  return h("div", "", h("p", "", words.say("witnessed")), h("ul", "", ...items));
}

function technical({ told: entry, root, index, size, key }, words) {
  const code = (value) => h("code", "", value);
  return h(
    "div",
    "",
    facts([
      [words.say("key"), code(key.name)],
      [words.say("place"), code(`${index} / ${size}`)],
      [words.say("root"), code(toBase64(root))],
    ]),
    h("pre", "verdict-entry", JSON.stringify(JSON.parse(canonical(entry)), null, 1)),
  );
}

function proof(verdict, words, icon) {
  const { report, steps, values, gaps, missing, changed } = verdict;
  const newest = steps.findLast?.((step) => step.index !== undefined) ?? steps[0];
  const body = [
    h("p", "", words.say(changed.length ? "provenSince" : "provenOf", { report: words.report(report) })),
    changed.length ? h("p", "", words.say("changed", { list: named(changed, words) })) : null,
    ...ofReport(values, words),
    h("h3", "", words.say("steps")),
    h("ol", "verdict-steps", ...steps.map((step) => line(step, values, words))),
  ];
  if (gaps.length) body.push(h("p", "", words.say("gaps", { list: gaps.join(", ") })));
  if (missing.length) body.push(h("p", "muted", words.say("missing", { list: named(missing, words) })));
  if (newest?.key) body.push(...signers(newest, words));
  body.push(h("p", "muted", words.say("upTo")));
  if (newest?.key) body.push(folded(icon("fold"), words.say("details"), technical(newest, words)));
  return { title: words.say("proof"), body };
}

/** In the order of a report: the file may have another. Times and words of a step stand with it. */
function ofReport(values, words) {
  const order = Object.keys(words.all.slots);
  const rank = ({ slot }) => order.indexOf(slot.split(".")[0]);
  return values
    .filter(({ slot }) => !/^(time|words)\./.test(slot))
    .sort((one, other) => rank(one) - rank(other))
    .map((one) => shown(words, one));
}

function named(slots, words) {
  return slots.map((slot) => words.slot(slot)).join(", ");
}

/** One step: what happened, when (as exactly as the file proves it), its place in the log, words. */
function line({ told: entry, index, promise: held }, values, words) {
  const exact = values.find(({ slot }) => slot === `time.${entry.seq}`);
  const said = values.find(({ slot }) => slot === `words.${entry.seq}`);
  const when = exact ? words.moment(new Date(exact.value)) : words.time(entry);
  const place = held
    ? words.say("promisedBy", { at: words.moment(held.by) })
    : words.say("entry", { n: words.number(index + 1n) });
  return h(
    "li",
    "",
    h("strong", "", words.type(entry)),
    h("span", "muted", `${when} · ${place}`),
    ...decided(words, entry).map((one) => h("span", "", one)),
    said ? h("p", "letter verdict-words", said.value) : null,
  );
}

function promise(verdict, words) {
  const by = new Date(Math.max(...verdict.promises.map((one) => one.by.getTime())));
  const say = verdict.late ? "broken" : "waitFor";
  const body = [
    h("p", "", words.say(say, { at: words.moment(by) })),
    verdict.steps.length ? facts([[words.say("report"), words.report(verdict.report)]]) : null,
    ...ofReport(verdict.values, words),
  ];
  return { title: words.say(verdict.late ? "promiseLate" : "promise"), body };
}

function wrong({ code, told: about }, words) {
  const [title, help] = words.all.faults[code];
  const known = { ...about, slot: about.slot ? words.slot(about.slot) : "" };
  const where = about.line ? h("p", "", words.say("inReceipt", { n: about.line })) : null;
  const body = [where, h("p", "", words.fill(help, known))];
  return { title: words.fill(title, known), body };
}
