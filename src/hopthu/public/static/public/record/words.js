/* What codes, times and numbers are called, in the words and the language of the page. */

const { lang } = document.documentElement;
// Days before months, and clocks of 24 hours, as on the other pages.
const own = lang === "en" ? "en-GB" : lang;
// Many browsers have no Khmer: they would name the months in the language of the phone.
const known = Intl.DateTimeFormat.supportedLocalesOf(own).length > 0;
const language = known ? own : ["vi", "en-GB"];
const numeric = { day: "numeric", month: "numeric", year: "numeric" };
const DATE = lang === "vi" || !known ? numeric : { dateStyle: "long" };
const number = new Intl.NumberFormat(language);

export class Words {
  constructor(told) {
    this.all = told;
    const zone = { timeZone: told.zone };
    this.date = new Intl.DateTimeFormat(language, { ...zone, ...DATE });
    this.clock = new Intl.DateTimeFormat(language, { ...zone, hour: "2-digit", minute: "2-digit" });
    // A day of the record is one of UTC, wherever it is read.
    this.day = new Intl.DateTimeFormat(language, { timeZone: "UTC", ...DATE });
  }

  /** A sentence of the page, with its {names} filled in. */
  say(name, told = {}) {
    return this.fill(this.all.say[name], told);
  }

  fill(sentence, told) {
    return sentence.replace(/\{(\w+)\}/g, (whole, name) => told[name] ?? whole);
  }

  number(value) {
    return number.format(value);
  }

  report(code) {
    return `${String(code).slice(0, 4)}-${String(code).slice(4)}`;
  }

  /** The name of a code; the code itself where this city has none (the file is another's). */
  name(list, code) {
    return this.all[list]?.[code] ?? String(code);
  }

  type(told) {
    return this.name("types", told.type);
  }

  /** The time of an entry, which is told to the hour; of a private report to the day. */
  time(told) {
    const start = new Date(told.time);
    if (told.private) return this.day.format(start);
    const from = this.clock.format(start);
    const to = this.clock.format(new Date(start.getTime() + 3_600_000));
    return this.say("hour", { date: this.date.format(start), from, to });
  }

  moment(at) {
    if (Number.isNaN(at.getTime())) return "";
    return this.say("moment", { date: this.date.format(at), time: this.clock.format(at) });
  }

  /** A day, or an hour, as facts give them. */
  when(spelled) {
    const at = new Date(spelled);
    if (Number.isNaN(at.getTime())) return String(spelled);
    return spelled.length === 10 ? this.day.format(at) : this.moment(at);
  }

  /** What a slot is called; the number of a photo or a step stands in it. */
  slot(slot) {
    const [kind, count] = String(slot).split(".");
    const label = this.all.slots[kind];
    return label ? this.fill(label, { n: count }) : String(slot);
  }

  /** The answers to a category's questions as pairs of question and answer. */
  answers(category, given) {
    const questions = this.all.questions[category] ?? {};
    return Object.entries(given ?? {}).map(([code, answer]) => {
      const { prompt = code, choices = {} } = questions[code] ?? {};
      const chosen = [answer].flat().map((one) => choices[one] ?? String(one));
      return [prompt, chosen.join(", ")];
    });
  }
}
