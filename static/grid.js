// In the grid, and only while a level has the focus: digits choose, « s » and « p » change criterion.
// The feedback is shown as the applicants will read it, as it is typed.
const grid = document.getElementById("fiche");
const criteria = () => [...grid.querySelectorAll("fieldset[role=radiogroup]")];

function go(from, step) {
  const all = criteria();
  const next = all[all.indexOf(from) + step];
  const target = next?.querySelector("input:checked") ?? next?.querySelector("input");
  target?.focus();
  next?.scrollIntoView({ block: "nearest" });
}

function choose(group, number) {
  const levels = [...group.querySelectorAll("input[type=radio]")];
  const level = number === 0 ? levels.at(-1) : levels[number - 1];
  if (!level || (number && level === levels.at(-1))) return;
  level.focus();
  level.checked = true;
  level.dispatchEvent(new Event("change", { bubbles: true }));
}

grid?.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || !event.target.matches("input[type=radio]")) return;
  const group = event.target.closest("fieldset");
  if (/^[0-9]$/.test(event.key)) choose(group, Number(event.key));
  else if (event.key === "s") go(group, 1);
  else if (event.key === "p") go(group, -1);
  else return;
  event.preventDefault();
});

const feedback = document.getElementById("id_feedback");
const preview = document.getElementById("apercu");
feedback?.addEventListener("input", () => {
  const paragraphs = feedback.value.trim().split(/\n{2,}/).filter(Boolean);
  preview.replaceChildren(...paragraphs.map((text) => {
    const paragraph = document.createElement("p");
    paragraph.textContent = text;
    return paragraph;
  }));
  if (!paragraphs.length) preview.textContent = preview.dataset.empty;
});
