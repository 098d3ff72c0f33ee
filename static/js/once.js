// A second press of a button while the first is on its way is ignored. The server refuses a replay as well.

const PATIENCE = 15000;

export function sendOnce(scope) {
  scope.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post") return;
    if (form.dataset.sending) {
      event.preventDefault();
      return;
    }
    form.dataset.sending = "yes";
    const button = event.submitter;
    if (button) button.setAttribute("aria-disabled", "true");
    setTimeout(() => release(form), PATIENCE);
  });
  // Coming back by the browser's Back button finds the form usable.
  window.addEventListener("pageshow", () => scope.querySelectorAll("form[data-sending]").forEach(release));
}

function release(form) {
  delete form.dataset.sending;
  form.querySelectorAll("[aria-disabled]").forEach((button) => button.removeAttribute("aria-disabled"));
}
