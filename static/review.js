/* Single keys at the desk. A key presses the control that names it in aria-keyshortcuts, so all
   of it works without this script as well. */

const FIELDS = "textarea, select, [contenteditable], input:not([type=radio], [type=checkbox])";
const QUIET = 150; // milliseconds without typing before names are asked for
// Keys of a keyboard that is set to another script.
const LATIN = { BracketLeft: "[{", BracketRight: "]}", Slash: "/?" };

let busy = false;

const live = (words) => {
  const region = document.querySelector("#live");
  if (region) region.textContent = words;
};

/** The character of a key, also where the keyboard writes Cyrillic or Hangul. */
function keyOf({ key, code, shiftKey }) {
  if (key.length !== 1 || key.charCodeAt(0) < 128) return key;
  if (code.startsWith("Key")) return code.slice(3).toLowerCase();
  if (code.startsWith("Digit")) return code.slice(5);
  return LATIN[code]?.[shiftKey ? 1 : 0] ?? key;
}

function controlOf(key) {
  const rejecting = document.querySelector("#rejecting[open]");
  if (rejecting && /^[1-9]$/.test(key)) {
    return rejecting.querySelector(`[data-digit="${key}"]`);
  }
  const named = [...document.querySelectorAll("[aria-keyshortcuts]")];
  return named.find((one) => one.getAttribute("aria-keyshortcuts").split(" ").includes(key));
}

/** The next code of a digit's row; after the last one, the first. */
function choose(radio) {
  const row = [...radio.closest("[data-digit]").querySelectorAll("input")];
  const next = row[(row.findIndex((one) => one.checked) + 1) % row.length];
  next.checked = true;
  live(`Stance: ${next.closest("label").textContent.trim()}`);
}

function lead(target) {
  const around = target.closest("details");
  if (around) around.open = true;
  const field = target.matches(FIELDS) ? target : target.querySelector(FIELDS) ?? target;
  field.scrollIntoView({ block: "center" });
  field.focus({ preventScroll: true });
}

function press(control) {
  if (control.matches("input[type=radio]")) return choose(control);
  if (control.matches("summary")) {
    const menu = control.parentElement;
    document.querySelectorAll(".bar details[open]").forEach((one) => {
      if (one !== menu) one.open = false;
    });
    menu.open = !menu.open;
    (menu.open && menu.querySelector(FIELDS) || control).focus();
    return;
  }
  if (control.matches("a[href^='#']")) return lead(document.querySelector(control.hash));
  control.click();
}

document.addEventListener("keydown", (event) => {
  const { target } = event;
  if (event.defaultPrevented || event.isComposing || event.repeat) return;
  const typed = event.getModifierState("AltGraph");
  if (!typed && (event.ctrlKey || event.metaKey || event.altKey)) return;
  if (event.key === "Escape") {
    target.closest(".bar details[open]")?.removeAttribute("open");
    document.querySelector("#rejecting[open]")?.removeAttribute("open");
    target.blur();
    return;
  }
  if (busy || target.matches(FIELDS)) return;
  const control = controlOf(keyOf(event));
  if (!control) return;
  event.preventDefault();
  press(control);
});

/** Show the draft as the server draws it, without leaving the page. */
async function redraw(form, button) {
  const { id, name } = document.activeElement;
  const answer = await fetch(form.action, { method: "POST", body: new FormData(form, button) });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const desk = page.querySelector("#desk");
  if (!desk) throw new Error(`no desk in the answer ${answer.status}`);
  document.querySelector("#desk").replaceWith(desk);
  const again = id && document.getElementById(id);
  (again || document.querySelector(`[name="${name}"][value="${button.value}"]`))?.focus({ preventScroll: true });
  const words = document.querySelector("#id_text")?.value;
  live(button.value === "compare" ? "Other codes are shown" : `Words: ${words}`);
}

document.addEventListener("submit", (event) => {
  const { target: form, submitter } = event;
  if (busy) return event.preventDefault();
  busy = true;
  if (form.id !== "decide" || !/^(shift|compare)/.test(submitter?.value)) return;
  event.preventDefault();
  redraw(form, submitter)
    .catch(() => live("The site does not answer. Nothing is lost: try again."))
    .finally(() => { busy = false; });
});
// Coming back to a page that the browser kept.
window.addEventListener("pageshow", () => { busy = false; });

let waiting;
document.addEventListener("input", ({ target }) => {
  const list = target.list;
  if (!list?.dataset.url) return;
  clearTimeout(waiting);
  waiting = setTimeout(async () => {
    const answer = await fetch(`${list.dataset.url}?q=${encodeURIComponent(target.value)}`);
    if (!answer.ok) return;
    const { names } = await answer.json();
    list.replaceChildren(...names.map(({ typed, about }) => {
      const option = document.createElement("option");
      option.value = typed;
      option.label = about ? `${typed}, ${about}` : typed;
      return option;
    }));
  }, QUIET);
});
