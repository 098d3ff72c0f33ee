// Turns "type a name" into a list to choose from. Without it the server looks the typed name up on sending.

import accessibleAutocomplete from "accessible-autocomplete";

const WAIT = 150;
const SHORTEST = 2;

const escape = (text) => {
  const holder = document.createElement("span");
  holder.textContent = text;
  return holder.innerHTML;
};

function finder(address) {
  let timer;
  let latest = 0;
  return (query, populate) => {
    clearTimeout(timer);
    const turn = ++latest;
    timer = setTimeout(async () => {
      const url = new URL(address, window.location.href);
      url.searchParams.set("q", query);
      try {
        const answer = await fetch(url, { headers: { Accept: "application/json" } });
        const { results } = await answer.json();
        if (turn === latest) populate(results);
      } catch {
        if (turn === latest) populate([]);
      }
    }, WAIT);
  };
}

function improve(picker) {
  const text = picker.querySelector("[data-picker-text]");
  const chosen = picker.querySelector("[data-picker-id]");
  if (!text || !chosen || !picker.dataset.source) return;
  const holder = document.createElement("div");
  const settings = {
    element: holder,
    id: text.id,
    name: text.name,
    defaultValue: text.value,
    source: finder(picker.dataset.source),
    minLength: SHORTEST,
    confirmOnBlur: false,
    displayMenu: "overlay",
    inputClasses: text.className,
    templates: {
      inputValue: (person) => (person ? person.name : ""),
      suggestion: (person) =>
        typeof person === "string"
          ? escape(person)
          : `${escape(person.name)} <span>${escape(person.detail || "")}</span>`,
    },
    onConfirm: (person) => {
      if (person && person.id) {
        chosen.value = person.id;
        chosen.dispatchEvent(new Event("change", { bubbles: true }));
      }
    },
    tNoResults: () => "Nobody found with that name",
    tStatusQueryTooShort: (least) => `Type ${least} or more letters to see names`,
    tStatusNoResults: () => "Nobody found",
    tStatusSelectedOption: (option, length, index) => `${option.name || option} ${index + 1} of ${length}`,
    tStatusResults: (length) => (length === 1 ? "1 person found" : `${length} people found`),
    tAssistiveHint: () =>
      "When names appear use the up and down arrows to review them and Enter to choose.",
  };
  const describedBy = text.getAttribute("aria-describedby");
  const invalid = text.getAttribute("aria-invalid");
  text.replaceWith(holder);
  accessibleAutocomplete(settings);
  const input = holder.querySelector("input");
  if (invalid) input.setAttribute("aria-invalid", invalid);
  if (describedBy) {
    const join = () => {
      const present = (input.getAttribute("aria-describedby") || "").split(" ");
      const wanted = [...new Set([...present, ...describedBy.split(" ")])].filter(Boolean).join(" ");
      if (wanted !== input.getAttribute("aria-describedby")) input.setAttribute("aria-describedby", wanted);
    };
    join();
    new MutationObserver(join).observe(input, { attributeFilter: ["aria-describedby"] });
  }
  input.addEventListener("input", () => {
    chosen.value = "";
  });
}

export function improvePickers(scope) {
  scope.querySelectorAll("[data-person-picker]").forEach(improve);
}
