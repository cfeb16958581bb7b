const form = document.querySelector("form[data-marks]");
const groups = form ? [...form.querySelectorAll("fieldset")] : [];
const legend = document.querySelector("[data-legend]");
let isBusy = false;
const here = () => groups.findIndex((group) => group.contains(document.activeElement));
const chosen = (group) => group.querySelector("input:checked") ?? group.querySelector("input");
function go(at) {
const group = groups[Math.min(Math.max(at, 0), groups.length - 1)];
if (!group) return;
chosen(group).focus({ preventScroll: true });
group.scrollIntoView({ block: "center" });
}
function give(digit) {
const at = Math.max(here(), 0);
const tile = groups[at]?.querySelector(`input[value="${digit}"]`);
if (!tile) return false;
tile.checked = true;
if (at + 1 < groups.length) go(at + 1);
else form.querySelector("button").focus();
return true;
}
function send() {
isBusy = true;
form.requestSubmit();
return true;
}
function leave() {
const link = document.querySelector("[data-skip]");
isBusy = Boolean(link);
link?.click();
return isBusy;
}
function act(key) {
if (/^[0-9]$/.test(key)) return give(key);
if (key === "ArrowDown" || key === "ArrowUp") {
go(here() + (key === "ArrowDown" ? 1 : -1));
return true;
}
if (key === "Enter") return document.activeElement.matches("a, button, summary") ? false : send();
return key.toLowerCase() === "l" ? leave() : false;
}
if (form) {
legend.hidden = false;
go(0);
form.ownerDocument.addEventListener("keydown", (event) => {
if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isBusy) return;
if (!form.contains(document.activeElement)) return;
if (act(event.key)) event.preventDefault();
});
addEventListener("pageshow", () => (isBusy = false));
}
