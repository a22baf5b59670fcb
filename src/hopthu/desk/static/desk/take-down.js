// The questions of the category that was chosen, at once; without this script the server asks them.

for (const form of document.querySelectorAll("[data-take-down]")) {
  const place = form.querySelector("[data-questions]");
  const choice = form.elements.category;
  const first = choice.value;
  const asked = [...place.childNodes];

  choice.addEventListener("change", () => {
    const template = form.querySelector(`template[data-category="${CSS.escape(choice.value)}"]`);
    if (choice.value === first) place.replaceChildren(...asked);
    else place.replaceChildren(...(template ? [template.content.cloneNode(true)] : []));
  });
}
