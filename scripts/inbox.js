// Keys for what stands on the page as buttons anyway: one letter, or a letter and then a number. Nothing is done while
// somebody types, and the letters can be switched off, because a voice or a slip of the hand presses them too.
const WAIT = 1500;
const OFF = "urun-keys-off";
const root = document.documentElement;
const toggle = document.querySelector("[data-switch]");
let held = "";
let at = 0;
let isBusy = false;

const isOff = () => localStorage.getItem(OFF) === "1";
const named = (key) => document.querySelector(`[data-key="${CSS.escape(key)}"]`);
const begins = (key) => document.querySelector(`[data-key^="${CSS.escape(key)}"]`);
const isTyped = (element) => element.matches("textarea, select, input:not([type=checkbox], [type=submit])");

function show() {
  root.classList.toggle("keys", !isOff());
  if (!toggle) return;
  toggle.hidden = false;
  toggle.textContent = isOff() ? toggle.dataset.on : toggle.dataset.off;
}

function press(element) {
  element.focus();
  if (isTyped(element)) return;
  isBusy = element.matches("a, button:not([type=button])");
  element.click();
}

// On the list j and k go from one point to the next, and x ticks it.
function walk(key) {
  const rows = [...document.querySelectorAll("[data-row]")];
  const here = rows.findIndex((row) => row.contains(document.activeElement));
  if (key === "x") {
    rows[here]?.querySelector("input[type=checkbox]")?.click();
    return here >= 0;
  }
  const next = key === "j" ? rows[here + 1] : key === "k" ? rows[Math.max(here - 1, 0)] : null;
  next?.querySelector("a")?.focus();
  next?.scrollIntoView({ block: "nearest" });
  return Boolean(next);
}

addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isBusy || isOff()) return;
  if (isTyped(event.target)) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  const key = event.key.toLowerCase();
  if (key.length !== 1) return;
  const whole = (event.timeStamp - at < WAIT ? held : "") + key;
  const found = named(whole) ?? named(key);
  held = "";
  if (found) press(found);
  else if (begins(key)) [held, at] = [key, event.timeStamp];
  else if (!walk(key)) return;
  event.preventDefault();
});

// A page that comes back from the browser's own store is pressed anew.
addEventListener("pageshow", () => (isBusy = false));
toggle?.addEventListener("click", () => {
  if (isOff()) localStorage.removeItem(OFF);
  else localStorage.setItem(OFF, "1");
  show();
});
show();
