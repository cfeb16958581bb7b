// Builds static/ from styles/: the style sheet, its compressed twins, the manifest, and the link that names its hash.
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { compile } from "sass";

const root = new URL("..", import.meta.url);
const at = (path) => new URL(path, root);
const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash("sha256")).digest("hex");
const part = JSON.parse(readFileSync(at("node_modules/govuk-frontend/package.json")));

const { css, loadedUrls } = compile(at("styles/urun.scss").pathname, {
  style: "compressed",
  loadPaths: [at("node_modules/govuk-frontend/dist").pathname],
});
const vendored = loadedUrls.map((url) => url.pathname).filter((path) => path.includes("/govuk-frontend/")).sort();
const notice = `/*! with parts of govuk-frontend ${part.version}, MIT, see LICENSES.txt */`;
const sheet = Buffer.from(notice + css.replace(/^\uFEFF/, "") + "\n");

writeFileSync(at("static/urun.css"), sheet);
writeFileSync(at("static/urun.css.br"), brotliCompressSync(sheet));
writeFileSync(at("static/urun.css.gz"), gzipSync(sheet, { level: 9 }));
writeFileSync(
  at("static/manifest.json"),
  JSON.stringify(
    {
      files: { "urun.css": { sha256: sha256(sheet) } },
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
writeFileSync(
  at("templates/parts/stylesheet.html"),
  `<meta name="theme-color" content="${kepala}">\n<link rel="stylesheet" href="{{ url_for('static', filename='urun.css', v='${sha256(sheet).slice(0, 12)}') }}">\n`,
);
console.log(`urun.css ${sheet.length} bytes, ${brotliCompressSync(sheet).length} compressed`);
