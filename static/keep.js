(() => {
const PLACE = "urun-tulisan", SHARED = "urun-bersama", LONGEST_MS = 7 * 864e5, MOST = 5;
const form = document.querySelector("form[data-keep]");
const plain = (text) => text.normalize("NFC").replace(/\s+/g, "");
const show = (name, is) => { const e = document.getElementById(name); if (e) e.hidden = !is; return e; };
const read = () => {
try {
const all = JSON.parse(localStorage.getItem(PLACE)) || [];
return all.filter((d) => Date.now() - d.at < LONGEST_MS);
} catch (_) { return []; }
};
const write = (all) => {
try {
if (all.length) localStorage.setItem(PLACE, JSON.stringify(all.slice(0, MOST)));
else localStorage.removeItem(PLACE);
} catch (_) { /* nothing is kept */ }
};
const is_shared = () => { try { return !!localStorage.getItem(SHARED); } catch (_) { return true; } };
const forget = (text) => write(read().filter((d) => plain(d.text) !== plain(text)));
for (const e of document.querySelectorAll("[data-sent]")) forget(e.textContent);
if (!form) return;
const area = form.querySelector("textarea"), kind = form.dataset.keep, id = form.elements.key.value;
let origin = null, is_sent = false, is_busy = false, is_narrowing = false, misses = 0;
const save = () => {
if (is_shared()) return;
const rest = read().filter((d) => d.id !== id && d.id !== origin);
write(area.value.trim() ? [{ id, kind, text: area.value, at: Date.now() }, ...rest] : rest);
origin = null;
};
const restore = () => {
const found = read().filter((d) => d.kind === kind)[0];
if (!found) return;
area.value = found.text;
origin = found.id;
show("keep-back", true);
};
const box = document.getElementById("keep-not");
box.checked = is_shared();
show("keep", true);
if (!box.checked) { if (area.value.trim()) save(); else restore(); }
box.addEventListener("change", () => {
try {
if (box.checked) { localStorage.setItem(SHARED, "1"); write([]); }
else { localStorage.removeItem(SHARED); save(); }
} catch (_) { box.checked = true; }
});
document.querySelector("#keep-back button").addEventListener("click", () => {
forget(area.value);
area.value = "";
show("keep-back", false);
area.focus();
});
area.addEventListener("input", () => { is_sent = false; save(); });
addEventListener("pagehide", () => { if (!is_sent && area.value.trim()) save(); });
addEventListener("pageshow", () => { is_busy = is_narrowing = false; });
const answers = () => {
if (!navigator.onLine) return Promise.resolve(false);
const asked = fetch(form.dataset.probe, { cache: "no-store" }).then(() => true, () => false);
return Promise.race([asked, new Promise((done) => setTimeout(done, 8000, true))]);
};
const narrow = form.elements.narrow;
if (narrow) narrow.addEventListener("click", () => { is_narrowing = true; });
form.addEventListener("submit", (event) => {
save();
if (is_narrowing || !window.fetch) return;
event.preventDefault();
if (is_busy) return;
is_busy = true;
show("keep-line", false);
answers().then((is_there) => {
if (is_there || (navigator.onLine && ++misses > 1)) {
is_sent = true;
HTMLFormElement.prototype.submit.call(form);
return;
}
is_busy = false;
show("keep-line", true).focus();
});
});
const seek = form.elements.cari;
if (seek) seek.addEventListener("input", () => {
const words = seek.value.toLowerCase().split(/\s+/).filter(Boolean);
const fits = (text) => words.every((w) => text.toLowerCase().includes(w));
for (const group of form.querySelectorAll("[data-topics] fieldset")) {
const title = group.querySelector("legend").textContent;
const items = [...group.querySelectorAll(".govuk-radios__item")];
for (const item of items) item.hidden = !fits(title + " " + item.textContent);
group.hidden = items.every((item) => item.hidden);
}
});
})();
