/* The facts of an entry, and the values that it commits to, as a reader may see them. */

import { facts, h } from "./dom.js";

/** What an entry says, as pairs of a label and words. */
export function told(words, entry) {
  const say = (name) => words.say(name);
  return [
    [say("kind"), entry.category && words.name("categories", entry.category)],
    [say("kind"), entry.group && words.name("groups", entry.group)],
    [say("area"), entry.area && words.name("areas", entry.area)],
    [say("body"), entry.body && words.name("bodies", entry.body)],
    [say("due"), entry.due && words.when(entry.due)],
    [say("date"), entry.date && words.when(entry.date)],
    [say("outcome"), entry.outcome && words.name("outcomes", entry.outcome)],
    [say("reason"), entry.reason && words.name("reasons", entry.reason)],
    [say("issuer"), entry.issuer],
    [say("order"), entry.order],
    [say("ordered"), entry.ordered && words.when(entry.ordered)],
    [say("review"), entry.review && words.when(entry.review)],
    [say("into"), entry.into && words.report(entry.into)],
    [say("photos"), entry.photos && words.number(entry.photos)],
    [say("replaces"), slots(words, entry.replaces)],
    [say("erased"), slots(words, entry.erased)],
    [say("status"), entry.status && words.name("statuses", entry.status)],
    [say("by"), entry.actor && words.name("actors", entry.actor)],
  ];
}

/** What a step decided, which its name does not tell, as sentences. */
export function decided(words, told) {
  const { date, outcome, reason, into, issuer, order, ordered, review } = told;
  return [
    outcome && words.name("outcomes", outcome),
    reason && words.name("reasons", reason),
    issuer && `${words.say("issuer")}: ${issuer}`,
    order && `${words.say("order")}: ${order}`,
    ordered && `${words.say("ordered")}: ${words.when(ordered)}`,
    review && `${words.say("review")}: ${words.when(review)}`,
    date && `${words.say("date")}: ${words.when(date)}`,
    into && `${words.say("into")}: ${words.report(into)}`,
  ].filter(Boolean);
}

function slots(words, list) {
  return Array.isArray(list) ? list.map((slot) => words.slot(slot)).join(", ") : "";
}

/** A value that was proven, under its name. */
export function shown(words, { slot, value, step }) {
  const title = h("h3", "", words.slot(slot));
  return h("section", "verdict-value", title, content(words, slot.split(".")[0], value, step));
}

function content(words, kind, value, step) {
  const nothing = value === "" || (value && !Object.keys(value).length);
  if (nothing) return h("p", "letter", words.say("nothing"));
  if (typeof value === "string") return h("p", "letter verdict-words", value);
  if (kind.startsWith("answers")) return facts(words.answers(step.told.category, value));
  if (kind === "place") {
    const point = value?.lat && value?.lon ? `${value.lat}, ${value.lon}` : "";
    const told = [value?.landmark, point].filter(Boolean).join(" · ");
    return h("p", "letter", told || words.say("nothing"));
  }
  if (kind === "photo") {
    return h("p", "letter", h("code", "", `SHA-256 ${value?.sha256}`));
  }
  return h("p", "letter", Object.values(value ?? {}).map(String).join(", "));
}
