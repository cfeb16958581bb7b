// Builds static/ from styles/ and scripts/: four sheets and a script, their compressed twins, the manifest, and the
// links that name their hashes. The desks have a sheet of their own, so that a phone does not carry it.
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { compile } from "sass";

const root = new URL("..", import.meta.url);
const at = (path) => new URL(path, root);
const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash("sha256")).digest("hex");
const part = JSON.parse(readFileSync(at("node_modules/govuk-frontend/package.json")));

const notice = `/*! with parts of govuk-frontend ${part.version}, MIT, see LICENSES.txt */`;
const from = new Set();

function compiled(name) {
  const { css, loadedUrls } = compile(at(`styles/${name}.scss`).pathname, {
    style: "compressed",
    loadPaths: [at("node_modules/govuk-frontend/dist").pathname],
  });
  loadedUrls.map((url) => url.pathname).filter((path) => path.includes("/govuk-frontend/")).forEach((path) => from.add(path));
  return css.replace(/^\uFEFF/, "");
}

// What GOV.UK Frontend also knows and no page of ours writes (kinds of controls, switched-off controls, browsers long
// gone, forms on paper) would cost every phone two kilobytes and a moment; its variables stand for one value each.
const KINDS = /--(?:xl|l|m|s|small|inline|width-(?:3|5|20|30)|extra-letter-spacing|hidden)\b|-focusable|-focused-element/;
const PARTS = /govuk-(?:details__(?:summary-text>|text p)|fieldset__heading|label-wrapper|input__|radios__(?:hint|divider|conditional))/;
const STATES = /:disabled|spin-button|^:root$|-ms-|-moz-any-link|option:/;
const GONE = /^@(?:media print|media screen\ufffd|media screen\\0|supports not \((?:text-wrap|caret-color))/;
const is_unused = (selector) => [KINDS, PARTS, STATES].some((kind) => kind.test(selector));

// A sheet as [head, body] pairs; the body of a group of rules is such a list again.
function parsed(css) {
  const found = [];
  for (let start = 0; css.indexOf("{", start) > 0; ) {
    const open = css.indexOf("{", start);
    let end = open + 1;
    for (let depth = 1; depth > 0; end++) depth += css[end] === "{" ? 1 : css[end] === "}" ? -1 : 0;
    const body = css.slice(open + 1, end - 1);
    found.push([css.slice(start, open), body.includes("{") ? parsed(body) : body]);
    start = end;
  }
  return found;
}

function written(rules) {
  return rules
    .filter(([head]) => !GONE.test(head))
    .map(([head, body]) => {
      if (Array.isArray(body)) return [head, written(body)];
      const plain = head.replace(/:not\([^)]*\)/g, (not) => (is_unused(not) ? "" : not));
      return [plain.split(",").filter((selector) => !is_unused(selector)).join(","), body];
    })
    .filter(([head, body]) => head && body)
    .map(([head, body]) => `${head}{${body}}`)
    .join("");
}

const borrowed = () => written(parsed(compiled("borrowed"))).replace(/var\(--govuk-[a-z-]+, (#[0-9a-f]+)\)/g, "$1");
const sheet = (...rules) => Buffer.from(`${rules.join("")}\n`);

// Without comments and indents; names and line breaks stay, so that the script can still be read where it is served.
const script = (name) =>
  Buffer.from(readFileSync(at(`scripts/${name}.js`), "utf8").replace(/^\s*\/\/.*\n/gm, "").replace(/^\s+/gm, ""));

const files = {
  "urun.css": sheet(notice, borrowed(), compiled("urun")),
  "desk.css": sheet(compiled("desks")),
  "paper.css": sheet(compiled("paper")),
  "report.css": sheet(compiled("report")),
  "results.css": sheet(compiled("results")),
  "draft.css": sheet(compiled("draft")),
  "keep.js": script("keep"),
  "inbox.js": script("inbox"),
  "score.js": script("score"),
};
const vendored = [...from].sort();
for (const [name, content] of Object.entries(files)) {
  writeFileSync(at(`static/${name}`), content);
  writeFileSync(at(`static/${name}.br`), brotliCompressSync(content));
  writeFileSync(at(`static/${name}.gz`), gzipSync(content, { level: 9 }));
  console.log(`${name} ${content.length} bytes, ${brotliCompressSync(content).length} compressed`);
}
writeFileSync(
  at("static/manifest.json"),
  JSON.stringify(
    {
      files: Object.fromEntries(Object.entries(files).map(([name, content]) => [name, { sha256: sha256(content) }])),
      vendored: [
        {
          name: part.name,
          version: part.version,
          licence: part.license,
          files: vendored.length,
          sha256: sha256(...vendored.map((path) => readFileSync(path))),
        },
      ],
    },
    null,
    2,
  ) + "\n",
);

const [, kepala] = readFileSync(at("styles/_tokens.scss"), "utf8").match(/^\$nila: (#[0-9a-f]{6});/m);
const address = (name) => `{{ url_for('static', filename='${name}', v='${sha256(files[name]).slice(0, 12)}') }}`;
const link = (name) => `<link rel="stylesheet" href="${address(name)}">\n`;
const part_of = (name, content) => writeFileSync(at(`templates/parts/${name}.html`), content);
part_of("stylesheet", `<meta name="theme-color" content="${kepala}">\n${link("urun.css")}`);
part_of("desk_stylesheet", link("desk.css"));
part_of("paper_stylesheet", link("paper.css"));
part_of("report_stylesheet", link("report.css"));
part_of("results_stylesheet", link("results.css"));
part_of("draft_stylesheet", link("draft.css"));
part_of("keep", `<script src="${address("keep.js")}" defer></script>\n`);
part_of("keys", `<script src="${address("inbox.js")}" defer></script>\n`);
part_of("marks", `<script src="${address("score.js")}" defer></script>\n`);
