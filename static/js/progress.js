// A page with data-progress fetches itself again and swaps that part until it says data-progress-done.

const EVERY = 1500;

async function refresh(part) {
  try {
    const answer = await fetch(window.location.href, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("[data-progress]");
    if (!fresh) {
      window.location.reload();
      return;
    }
    if (fresh.hasAttribute("data-progress-done")) {
      window.location.reload();
      return;
    }
    part.replaceChildren(...fresh.childNodes);
  } catch {
    // The connection dropped: try again at the next turn.
  }
  setTimeout(() => refresh(part), EVERY);
}

export function followProgress(scope) {
  const part = scope.querySelector("[data-progress]:not([data-progress-done])");
  if (part) setTimeout(() => refresh(part), EVERY);
}
