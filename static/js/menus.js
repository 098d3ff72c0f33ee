// Menus are <details>: Escape or a click elsewhere closes them.

export function closeMenus(scope) {
  const open = () => [...scope.querySelectorAll("details.menu[open]")];
  scope.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    open().forEach((menu) => {
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  });
  scope.addEventListener("click", (event) => {
    open()
      .filter((menu) => !menu.contains(event.target))
      .forEach((menu) => {
        menu.open = false;
      });
  });
}
