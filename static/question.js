// Shows, in the form of a question, only what its kind of answer needs; what is hidden is not sent.
// Without this file every group is on the page, under the kinds that it is for.
const form = document.querySelector("form[data-question]");

function show() {
  const kind = form.querySelector("[name=kind]:checked")?.value;
  form.querySelectorAll("[data-kinds]").forEach((group) => {
    const fits = group.dataset.kinds.split(" ").includes(kind);
    group.hidden = !fits;
    group.disabled = !fits;
  });
}

form.addEventListener("change", show);
show();
