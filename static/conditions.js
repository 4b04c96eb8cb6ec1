// Shows a question once the choices made above it call for it. The server decides all the same:
// without this file every question is on the page, with its condition in words. See calls/models/condition.py.
const boxes = [...document.querySelectorAll("[data-key]")];

function given(box) {
  if ("given" in box.dataset) return box.dataset.given.split("\n"); // not open to changes
  const controls = box.querySelectorAll("input[type=radio]:checked, input[type=checkbox]:checked");
  return [...controls].filter((control) => control.name === box.dataset.key).map((control) => control.value);
}

function holds(condition, answers) {
  if (condition.and) return condition.and.every((each) => holds(each, answers));
  if (condition.or) return condition.or.some((each) => holds(each, answers));
  const values = condition.one_of || [condition.equals];
  return values.some((value) => (answers[condition.question] || []).includes(value));
}

function show() {
  const answers = {};
  boxes.forEach((box) => {
    const asked = !box.dataset.condition || holds(JSON.parse(box.dataset.condition), answers);
    box.hidden = !asked;
    if (asked) answers[box.dataset.key] = given(box);
  });
}

document.addEventListener("change", show);
show();
