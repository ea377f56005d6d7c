// Palermo's only script. Every page works without it; it must not be needed for anything
// but passkeys, which no page can ask for without one.
// No storage, no request but the one that keeps a session alive, drafts saved as they are
// typed and, pressed for, the file of a figure.
import { accordions } from "./accordion.js";
import { confirmLeave } from "./leave.js";
import { counts } from "./count.js";
import { drafts } from "./draft.js";
import { exitThisPage } from "./exit.js";
import { idle } from "./idle.js";
import { passkeys } from "./passkey.js";
import { pictures } from "./picture.js";
import { choices, doubleClicks, filters, focusOnErrors, menus, passwords, skipLinks } from "./small.js";
import { tabs } from "./tabs.js";

document.documentElement.classList.add("js-enabled", "govuk-frontend-supported");

const start = [
  exitThisPage,
  menus,
  filters,
  focusOnErrors,
  skipLinks,
  choices,
  passwords,
  counts,
  tabs,
  accordions,
  doubleClicks,
  confirmLeave,
  drafts,
  idle,
  passkeys,
  pictures,
];
for (const one of start) {
  try {
    one(document);
  } catch (_) {
    // One broken part must not stop the exit button or another part.
  }
}
