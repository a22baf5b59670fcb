/* Elements, put together; all words come from the page. */

/** `h("p", "lead", "words", element…)`; nothing is added for null. */
export function h(tag, css, ...children) {
  const element = document.createElement(tag);
  if (css) element.className = css;
  element.append(...children.filter((child) => child !== null && child !== ""));
  return element;
}

/** A list of facts from pairs of a label and what stands beside it; empty ones are left out. */
export function facts(rows) {
  const list = h("dl", "facts");
  for (const [label, value] of rows) {
    if (value) list.append(h("div", "", h("dt", "", label), h("dd", "", value)));
  }
  return list;
}

/** Something folded away until it is wanted; the words of its summary have the page's icon. */
export function folded(icon, label, ...children) {
  return h("details", "more", h("summary", "", icon, ` ${label}`), h("div", "", ...children));
}
