// Saves what is typed, one field after the other: what is on its way is never overtaken.
// Nothing is kept outside the page: while the network or the session is away, the text stays in its field.
const form = document.querySelector("form[data-autosave]");
const state = document.getElementById("autosave-state");
const say = form.dataset;
const dirty = new Set();
const timers = new Map();
const conflicts = new Set();
const PAUSE = 1200;
const RETRY = 5000;
let sending = false;
let blocked = false;

const box = (key) => form.querySelector(`[data-key="${key}"]`);
const version = (key) => form.elements[`version_${key}`];

function announce(text, kind = "") {
  state.className = `fr-text--sm ${kind ? `fr-message fr-message--${kind}` : ""}`;
  if (state.textContent !== text) state.textContent = text;
}

function tell(key, text, kind = "error") {
  const place = box(key).querySelector("[data-field-state]");
  place.textContent = text;
  place.className = `fr-message lf-field-state ${text ? `fr-message--${kind}` : ""}`;
}

// Several choices are one a line, as they are stored.
const ticks = (key) => [...form.querySelectorAll(`input[type=checkbox][name="${key}"]`)];

function valueOf(key) {
  const several = ticks(key);
  if (several.length) return several.filter((tick) => tick.checked).map((tick) => tick.value).join("\n");
  return form.elements[key].value;
}

function put(key, text) {
  const several = ticks(key);
  if (several.length) return several.forEach((tick) => { tick.checked = text.split("\n").includes(tick.value); });
  const field = form.elements[key];
  field.value = text;
  field.dispatchEvent?.(new Event("input", { bubbles: true }));
}

function typed(key, wait) {
  if (!key || conflicts.has(key)) return;
  dirty.add(key);
  if (!blocked) announce(say.typing);
  clearTimeout(timers.get(key));
  timers.set(key, setTimeout(flush, wait));
}

async function flush() {
  if (sending || blocked) return;
  const key = [...dirty].find((each) => !conflicts.has(each));
  if (!key) return;
  sending = true;
  dirty.delete(key);
  announce(say.saving);
  try {
    await send(key);
  } catch {
    dirty.add(key);
    announce(say.offline, "warning");
    setTimeout(flush, RETRY);
    sending = false;
    return;
  }
  sending = false;
  if (dirty.size) flush();
}

async function send(key) {
  const text = valueOf(key);
  const body = new URLSearchParams({ key, [key]: text, [`version_${key}`]: version(key).value });
  if (ticks(key).length) {
    body.delete(key);
    ticks(key).filter((tick) => tick.checked).forEach((tick) => body.append(key, tick.value));
  }
  const choice = form.elements[`${key}_choice`];
  if (choice) body.set(`${key}_choice`, choice.value);
  body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  const response = await fetch(say.autosave, { method: "POST", body, keepalive: text.length < 15000 });
  if (response.status === 401 || response.status === 403) return expired(key);
  if (response.status >= 500) throw new Error(response.status);
  received(key, text, await response.json());
}

function received(key, text, answer) {
  if (answer.state === "saved") {
    version(key).value = answer.version;
    tell(key, "");
    if (!dirty.size) announce(`${say.saved} ${answer.at}.`, conflicts.size ? "warning" : "valid");
  } else if (answer.state === "conflict" && answer.theirs === text.normalize("NFC")) {
    // The answer to our own former attempt was lost: what is stored is what we sent.
    version(key).value = answer.version;
  } else if (answer.state === "conflict") {
    conflict(key, answer);
  } else {
    tell(key, answer.message || say.refused);
    announce(say.refused, "error");
  }
}

function conflict(key, answer) {
  conflicts.add(key);
  announce(say.conflict, "error");
  const panel = document.createElement("div");
  panel.className = "lf-conflict";
  const title = document.createElement("p");
  title.className = "fr-text--bold";
  title.textContent = say.other;
  const other = document.createElement("blockquote");
  other.className = "lf-other lf-other--raw";
  other.textContent = answer.theirs;
  const choose = (label, verb) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "fr-btn fr-btn--secondary fr-btn--sm";
    button.textContent = label;
    button.addEventListener("click", () => {
      conflicts.delete(key);
      version(key).value = answer.version;
      panel.remove();
      verb();
      typed(key, 0);
    });
    return button;
  };
  panel.append(title, other, choose(say.mine, () => {}), " ", choose(say.theirs, () => put(key, answer.theirs)));
  panel.setAttribute("role", "alert");
  box(key).querySelector(".lf-conflict")?.remove();
  box(key).append(panel);
}

function expired(key) {
  dirty.add(key);
  blocked = true;
  announce(`${say.expired} `, "error");
  const link = document.createElement("a");
  link.href = `${say.login}%23id_${key}`;
  link.target = "_blank";
  link.rel = "noopener";
  link.textContent = say.reconnect;
  state.append(link);
}

// Back from the other tab: a new session has a new token, which the page itself gives.
async function reconnect() {
  if (!blocked) return;
  try {
    const response = await fetch(form.action, { redirect: "manual" });
    if (!response.ok) return;
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const token = page.querySelector("form[data-autosave] [name=csrfmiddlewaretoken]");
    if (!token) return;
    form.elements.csrfmiddlewaretoken.value = token.value;
    blocked = false;
    flush();
  } catch { /* still offline: the next return tries again */ }
}

function words(area) {
  const limit = Number(area.dataset.words);
  const note = document.createElement("p");
  note.className = "fr-hint-text";
  area.after(note);
  const count = () => {
    const written = area.value.trim() ? area.value.trim().split(/\s+/).length : 0;
    note.textContent = `${written} / ${limit} ${say.words}`;
    note.classList.toggle("fr-message--error", written > limit);
  };
  area.addEventListener("input", count);
  count();
}

// Who else writes here: the server says it again every half minute, while the page is looked at.
async function greet() {
  const place = document.getElementById("presence");
  if (!place || document.hidden) return;
  const response = await fetch(place.dataset.presence, { redirect: "manual" }).catch(() => null);
  if (response?.ok) place.outerHTML = await response.text();
}

const keyOf = (event) => event.target.closest("[data-key]")?.dataset.key;
form.addEventListener("input", (event) => { if (event.target.name === keyOf(event)) typed(keyOf(event), PAUSE); });
form.addEventListener("change", (event) => { if (event.target.name?.startsWith(keyOf(event) || "\0")) typed(keyOf(event), 0); });
form.addEventListener("submit", () => { dirty.clear(); });
addEventListener("online", flush);
addEventListener("focus", reconnect);
document.addEventListener("visibilitychange", () => { if (document.hidden) flush(); else reconnect(); });
addEventListener("beforeunload", (event) => { if (dirty.size || sending) event.preventDefault(); });
form.querySelectorAll("textarea[data-words]").forEach(words);
setInterval(greet, 30000);
