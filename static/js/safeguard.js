// Improves a page that already works: GOV.UK components, menus, drafts, one send per form, quick exit, progress.

import {
  CharacterCount,
  Checkboxes,
  ErrorSummary,
  PasswordInput,
  Radios,
  SkipLink,
  createAll,
} from "govuk-frontend";

import { improveDates } from "./dates.js";
import { keepDrafts } from "./drafts.js";
import { closeMenus } from "./menus.js";
import { sendOnce } from "./once.js";
import { followProgress } from "./progress.js";
import { leaveQuickly } from "./quick_exit.js";

document.documentElement.classList.add("js-enabled");
document.body.classList.add("js-enabled", "govuk-frontend-supported");

for (const component of [CharacterCount, Checkboxes, ErrorSummary, PasswordInput, Radios, SkipLink]) {
  createAll(component);
}

leaveQuickly(document);
closeMenus(document);
improveDates(document);
keepDrafts(document);
sendOnce(document);
followProgress(document);

// The type-ahead is heavy: it is fetched only by a page that has a person to pick.
if (document.querySelector("[data-person-picker]") && document.body.dataset.pickerScript) {
  import(document.body.dataset.pickerScript).then(({ improvePickers }) => improvePickers(document));
}
