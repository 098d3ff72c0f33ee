// Beside the three boxes of a date: a button that opens the browser's own calendar and fills them.

function improve(boxes) {
  const [day, month, year] = ["day", "month", "year"].map((part) =>
    boxes.querySelector(`[data-date-part="${part}"]`),
  );
  const calendar = document.createElement("input");
  if (!day || !month || !year || typeof calendar.showPicker !== "function") return;
  calendar.type = "date";
  calendar.tabIndex = -1;
  calendar.setAttribute("aria-hidden", "true");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "govuk-button govuk-button--secondary";
  button.textContent = "Pick";
  const legend = boxes.closest("fieldset")?.querySelector("legend")?.textContent.trim() || "";
  button.setAttribute("aria-label", `Pick a date from a calendar. ${legend.replace(/\s+/g, " ")}`);
  const holder = document.createElement("div");
  holder.className = "date-pick no-print";
  holder.append(button, calendar);
  boxes.append(holder);

  button.addEventListener("click", () => {
    const parts = [year.value.padStart(4, "0"), month.value.padStart(2, "0"), day.value.padStart(2, "0")];
    calendar.value = parts.join("-");
    calendar.showPicker();
  });
  calendar.addEventListener("change", () => {
    if (!calendar.value) return;
    const [pickedYear, pickedMonth, pickedDay] = calendar.value.split("-").map(Number);
    day.value = pickedDay;
    month.value = pickedMonth;
    year.value = pickedYear;
    day.dispatchEvent(new Event("input", { bubbles: true }));
    button.focus();
  });
}

export function improveDates(scope) {
  scope.querySelectorAll("[data-date-boxes]").forEach(improve);
}
