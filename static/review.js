/* Single keys at the desk. A key presses the control that names it in aria-keyshortcuts, so all
   of it works without this script as well. */

const FIELDS = "textarea, select, [contenteditable], input:not([type=radio], [type=checkbox])";
const QUIET = 150; // milliseconds without typing before names are asked for
// Keys of a keyboard that is set to another script.
const LATIN = { BracketLeft: "[{", BracketRight: "]}", Slash: "/?" };

let busy = false;
let early = null; // keys pressed while the draft is drawn again, for when it stands

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
  const numbered = document.querySelector(".bar details[open]:has([data-digit])");
  if (numbered && /^[1-9]$/.test(key)) {
    return numbered.querySelector(`[data-digit="${key}"]`);
  }
  const named = [...document.querySelectorAll("[aria-keyshortcuts]")];
  return named.find((one) => !one.hidden && one.getAttribute("aria-keyshortcuts").split(" ").includes(key));
}

/** The next choice of a row; after the last one, the first. */
function choose(row) {
  const choices = [...row.querySelectorAll("input")];
  const next = choices[(choices.findIndex((one) => one.checked) + 1) % choices.length];
  next.checked = true;
  next.dispatchEvent(new Event("change", { bubbles: true }));
  return next;
}

const words = (radio) => radio.closest("label").textContent.replace(/\s+/g, " ").trim();
const chosen = (name) => document.querySelector(`[name="${name}"]:checked:not([value=""])`);

/** Whether the form says what a stance is about. */
function hasMatter() {
  return Boolean(chosen("proposed") || ["treaty", "object"].some((name) => document.querySelector(`#id_${name}`)?.value));
}

/** Say within the bar, which is always in sight, what stance the draft has and on what. */
function judging() {
  const line = document.querySelector("#judging");
  const stance = chosen("stance");
  if (!line) return;
  const about = chosen("proposed");
  const fields = ["treaty", "object"].map((name) => document.querySelector(`#id_${name}`)).filter((one) => one?.value);
  const said = fields.map((one) => one.selectedOptions[0].textContent.trim());
  const article = document.querySelector("#id_article")?.value;
  if (article && said.length) said.splice(1, 0, `article ${article}`);
  const matter = about ? words(about) : said.join(", ");
  line.textContent = stance || about ? `Stance: ${stance ? words(stance) : "not chosen"}, on ${matter || "nothing yet: press o to choose"}` : "";
  line.classList.toggle("error", Boolean(stance && !matter));
  if (line.textContent) live(line.textContent);
}

function lead(target) {
  if (target.matches("[role=radiogroup]")) {
    const next = choose(target);
    next.scrollIntoView({ block: "center" });
    return next.value ? next.focus({ preventScroll: true }) : lead(document.querySelector("#id_treaty"));
  }
  const around = target.closest("details");
  if (around) around.open = true;
  const field = target.matches(FIELDS) ? target : target.querySelector(FIELDS) ?? target;
  field.scrollIntoView({ block: "center" });
  field.focus({ preventScroll: true });
}

function press(control) {
  if (control.matches("input[type=radio]")) return choose(control.closest("[data-digit]"));
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
    document.querySelectorAll(".bar details[open]").forEach((one) => { one.open = false; });
    target.blur();
    return;
  }
  const menu = event.key === "Enter" && target.matches("input") && target.closest(".menu-body");
  if (menu) {
    event.preventDefault();
    return menu.querySelector("button").click();
  }
  if (target.matches(FIELDS)) return;
  if (early) early.push(keyOf(event));
  if (busy) return;
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
  judging();
  live(button.value === "compare" ? "Other codes are shown" : `Words: ${document.querySelector("#id_text")?.value}`);
}

/** Press the keys that came early, as far as none of them leaves the page. */
function catchUp() {
  const keys = early ?? [];
  early = null;
  while (keys.length && !busy) {
    const control = controlOf(keys.shift());
    if (control) press(control);
  }
  if (early) early.push(...keys);
}

document.addEventListener("submit", (event) => {
  const { target: form, submitter } = event;
  if (busy) return event.preventDefault();
  if (/^(publish|save)/.test(submitter?.value) && chosen("stance") && !hasMatter()) {
    event.preventDefault();
    judging();
    return lead(document.querySelector("#about") ?? document.querySelector("#id_treaty"));
  }
  busy = true;
  if (form.id !== "decide" || !/^(shift|compare)/.test(submitter?.value)) return;
  event.preventDefault();
  early = [];
  redraw(form, submitter)
    .catch(() => live("The site does not answer. Nothing is lost: try again."))
    .finally(() => { busy = false; catchUp(); });
});

document.addEventListener("change", ({ target }) => {
  if (["treaty", "article", "object"].includes(target.name) && target.value) {
    const own = document.querySelector('[name="proposed"][value=""]');
    if (own) own.checked = true;
  }
  if (target.closest("#decide")) judging();
});
judging();

/** Where in the stored text a place of the page is, in characters; -1 where it is in no text. */
function placeOf(node, offset) {
  const text = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("[data-at]");
  if (!text) return -1;
  const range = document.createRange();
  range.setStart(text, 0);
  range.setEnd(node, offset);
  const before = range.cloneContents();
  // What only screen readers hear is not in the text.
  for (const hidden of before.querySelectorAll(".visually-hidden")) hidden.remove();
  return Number(text.dataset.at) + [...before.textContent].length;
}

// Words selected by mouse are taken by a button, which is of no use without this script.
document.addEventListener("selectionchange", () => {
  const button = document.querySelector("#take-selected");
  const selection = document.getSelection();
  if (!button || document.activeElement === button) return;
  button.hidden = true;
  if (!selection?.rangeCount || selection.isCollapsed) return;
  const range = selection.getRangeAt(0);
  const start = placeOf(range.startContainer, range.startOffset);
  const end = placeOf(range.endContainer, range.endOffset);
  if (start < 0 || end <= start) return;
  Object.assign(button.dataset, { start, end });
  button.hidden = false;
});
document.addEventListener("mousedown", (event) => {
  if (event.target.closest("#take-selected")) event.preventDefault(); // else nothing is selected any more
});
document.addEventListener("click", ({ target }) => {
  const button = target.closest("#take-selected");
  if (!button) return;
  document.querySelector("#id_start").value = button.dataset.start;
  document.querySelector("#id_end").value = button.dataset.end;
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
