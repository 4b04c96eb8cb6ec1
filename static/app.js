// Enhances what already works without it: errors take the focus, countdowns tick, limits count.
const french = document.documentElement.lang.startsWith("fr");
const loaded = performance.now();

function focusErrors(root) {
  root.querySelector(".lf-errors")?.focus();
}

const words = french
  ? { day: ["jour", "jours"], hour: ["heure", "heures"], minute: ["minute", "minutes"], and: " et ", left: "Il reste ", soon: "moins d’une minute", over: "C’est fini." }
  : { day: ["day", "days"], hour: ["hour", "hours"], minute: ["minute", "minutes"], and: " and ", left: "", soon: "less than a minute", over: "It is over." };

function units(seconds) {
  const minutes = Math.floor(seconds / 60);
  const days = Math.floor(minutes / 1440);
  const parts = [["day", days], ["hour", Math.floor(minutes / 60) % 24], ["minute", days ? 0 : minutes % 60]];
  const said = parts.filter(([, n]) => n).map(([unit, n]) => `${n}\u00a0${words[unit][n < 2 ? 0 : 1]}`);
  return said.length ? said.join(words.and) : words.soon;
}

// The server's clock at loading plus the time passed since: the clock of the computer does not count.
function tick(element) {
  const now = Date.parse(element.dataset.now) + performance.now() - loaded;
  const left = (Date.parse(element.dataset.countdown) - now) / 1000;
  const text = left <= 0 ? words.over : french ? words.left + units(left) : `${units(left)} left`;
  if (element.textContent !== text) element.textContent = text;
  if (left > 0) setTimeout(tick, left < 120 ? 1000 : 15000, element);
}

function limits(area) {
  const note = document.getElementById(`${area.id}_limit`);
  const limit = Number(area.dataset.limit);
  if (!note || !limit) return;
  const said = note.textContent;
  const say = () => {
    const left = limit - area.value.length;
    const near = left < limit / 10;
    note.classList.toggle("fr-message--error", left < 0);
    if (!near) note.textContent = said;
    else if (french) note.textContent = left < 0 ? `${-left} caractère${left < -1 ? "s" : ""} de trop.` : `${left} caractère${left > 1 ? "s" : ""} restant${left > 1 ? "s" : ""}.`;
    else note.textContent = left < 0 ? `${-left} character${left < -1 ? "s" : ""} too many.` : `${left} character${left === 1 ? "" : "s"} left.`;
  };
  area.addEventListener("input", say);
  say();
}

// The services that the letters typed may mean, as suggestions of the browser's own list.
function suggest(input) {
  let waiting;
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      if (input.value.trim().length < 2) return;
      const answer = await fetch(`${input.dataset.suggest}?q=${encodeURIComponent(input.value)}`);
      if (answer.ok) input.list.innerHTML = await answer.text();
    }, 250);
  });
}

function enhance(root) {
  root.querySelectorAll("input[data-suggest]").forEach(suggest);
  root.querySelectorAll("[data-countdown]").forEach(tick);
  root.querySelectorAll("textarea[data-limit]").forEach(limits);
}

// On a narrow screen the design system makes a dialog of the menu: it takes its name from its button.
document.getElementById("menu")?.setAttribute("aria-labelledby", "bouton-menu");
enhance(document);
focusErrors(document);
document.body.addEventListener("htmx:afterSwap", (event) => {
  enhance(event.target);
  focusErrors(event.target);
});
