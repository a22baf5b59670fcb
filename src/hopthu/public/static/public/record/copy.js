/* Copy what stands elsewhere on the page: a button that only a script can serve, so that it stays
   hidden without one. data-copy: the id of what is copied. */

for (const button of document.querySelectorAll("button[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
    button.querySelector("[aria-live]").textContent = button.dataset.copied;
  });
}
