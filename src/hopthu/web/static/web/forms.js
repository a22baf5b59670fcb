/* Small helps of every form. All words come from the page (data attributes). */

for (const summary of document.querySelectorAll("[data-focus]")) summary.focus();

for (const note of document.querySelectorAll("[data-count-for]")) {
  const field = document.getElementById(note.dataset.countFor);
  const limit = Number(field.dataset.count);
  const format = new Intl.NumberFormat(document.documentElement.lang);
  const show = () => {
    const left = limit - Array.from(field.value).length;
    const words = left < 0 ? note.dataset.over : note.dataset.left;
    note.textContent = words.replace("{n}", format.format(Math.abs(left)));
    note.toggleAttribute("data-too-long", left < 0);
  };
  field.addEventListener("input", show);
  show();
}
