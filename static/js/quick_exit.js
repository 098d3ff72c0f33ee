// "Leave this page quickly": empties the page at once and takes its place in the history.

export function leaveQuickly(scope) {
  scope.querySelectorAll("[data-quick-exit]").forEach((link) => {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      document.documentElement.classList.add("leaving");
      document.title = "Weather";
      window.location.replace(link.href);
    });
  });
}
