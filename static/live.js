// Keeps a part of a page up to date, without reloading: <section data-live="URL" data-every="4">.
// The server answers with the part alone, or 304 while nothing changed. Nothing is asked while the page is hidden,
// nothing is replaced under the focus, and a server that is slow to answer is asked less often. Without this file,
// the part has its own link to refresh the page.
const FASTEST = 2000;
const SLOWEST = 60000;
const REST = 20; // times as long as the last answer took: a full room leaves the server to those who vote

function follow(part) {
  const pace = Math.max(FASTEST, Number(part.dataset.every || 4) * 1000);
  let pause = pace;
  let tag = "";
  let stopped = false;
  let timer;

  async function ask() {
    const answer = await fetch(part.dataset.live, {
      cache: "no-store",
      redirect: "error",
      headers: tag ? { "If-None-Match": tag } : {},
    });
    if ([401, 403, 404].includes(answer.status)) stopped = true; // signed out, or a right that ended
    if (answer.status !== 304 && !answer.ok) throw new Error(answer.status);
    if (answer.status === 304) return;
    const text = await answer.text();
    if (part.contains(document.activeElement)) return; // the next round will
    tag = answer.headers.get("ETag") || "";
    if (part.innerHTML.trim() !== text.trim()) part.innerHTML = text;
  }

  async function round() {
    if (!document.hidden) {
      const asked = performance.now();
      try {
        await ask();
        pause = Math.min(SLOWEST, Math.max(pace, REST * (performance.now() - asked)));
      } catch {
        pause = Math.min(SLOWEST, pause * 2); // the server or the network rests
      }
    }
    if (!stopped) timer = setTimeout(round, pause);
  }

  document.addEventListener("visibilitychange", () => {
    if (document.hidden || stopped) return;
    clearTimeout(timer);
    pause = pace;
    round();
  });
  timer = setTimeout(round, pace);
}

document.querySelectorAll("[data-live]").forEach(follow);
