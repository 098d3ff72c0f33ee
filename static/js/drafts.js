// Keeps what is typed in a form with data-draft-key in this browser tab, and offers it back after a lost connection.
// A tab, not the device: school machines are shared. Kept at most a day; data-draft-done clears one, signing out all.

const PREFIX = "safeguard-draft:";
const DAY = 24 * 60 * 60 * 1000;
const WAIT = 400;
const NEVER = new Set(["password", "file", "submit", "button", "hidden"]);

function store() {
  try {
    window.sessionStorage.setItem("safeguard-try", "1");
    window.sessionStorage.removeItem("safeguard-try");
    return window.sessionStorage;
  } catch {
    return null;
  }
}

function drop(storage, goes) {
  Object.keys(storage)
    .filter((key) => key.startsWith(PREFIX))
    .filter((key) => goes(JSON.parse(storage.getItem(key)) || { at: 0 }))
    .forEach((key) => storage.removeItem(key));
}

const kept = (form) =>
  [...form.elements].filter(
    (field) => field.name && (!NEVER.has(field.type) || field.hasAttribute("data-picker-id")),
  );

function read(form) {
  return kept(form)
    .filter((field) => !["checkbox", "radio"].includes(field.type) || field.checked)
    .flatMap((field) =>
      field.multiple
        ? [...field.selectedOptions].map((option) => [field.name, option.value])
        : [[field.name, field.value]],
    )
    .filter(([, value]) => value !== "");
}

function write(form, pairs) {
  const values = new Map();
  pairs.forEach(([name, value]) => values.set(name, [...(values.get(name) || []), value]));
  kept(form).forEach((field) => {
    const own = values.get(field.name) || [];
    if (["checkbox", "radio"].includes(field.type)) field.checked = own.includes(field.value);
    else if (field.multiple) [...field.options].forEach((option) => (option.selected = own.includes(option.value)));
    else if (own.length) field.value = own.shift();
    field.dispatchEvent(new Event("change", { bubbles: true }));
  });
}

function offer(form, pairs, forget) {
  const box = document.createElement("div");
  box.className = "inset";
  box.setAttribute("role", "status");
  const words = document.createElement("p");
  words.textContent = "What you typed here before is kept in this tab. It was not sent.";
  const row = document.createElement("p");
  row.className = "button-row";
  const bring = document.createElement("button");
  bring.type = "button";
  bring.className = "govuk-button govuk-button--secondary";
  bring.textContent = "Bring it back";
  bring.addEventListener("click", () => {
    write(form, pairs);
    box.remove();
  });
  const remove = document.createElement("button");
  remove.type = "button";
  remove.className = "button-link";
  remove.textContent = "Delete it";
  remove.addEventListener("click", () => {
    forget();
    box.remove();
  });
  row.append(bring, remove);
  box.append(words, row);
  form.prepend(box);
}

function keep(form, storage) {
  const key = PREFIX + form.dataset.draftKey;
  const forget = () => storage.removeItem(key);
  const started = JSON.stringify(read(form));
  const saved = JSON.parse(storage.getItem(key) || "null");
  if (saved && JSON.stringify(saved.pairs) !== started && !form.hasAttribute("data-draft-bound")) {
    offer(form, saved.pairs, forget);
  }
  let timer;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      storage.setItem(key, JSON.stringify({ at: Date.now(), pairs: read(form) }));
    }, WAIT);
  });
}

export function keepDrafts(scope) {
  const storage = store();
  if (!storage) return;
  scope.querySelectorAll("[data-draft-done]").forEach((mark) => {
    storage.removeItem(PREFIX + mark.dataset.draftDone);
  });
  // A shared device must not show one person's words to the next.
  scope.querySelectorAll("form[data-sign-out]").forEach((form) => {
    form.addEventListener("submit", () => drop(storage, () => true));
  });
  drop(storage, ({ at }) => Date.now() - at > DAY);
  scope.querySelectorAll("form[data-draft-key]").forEach((form) => keep(form, storage));
}
