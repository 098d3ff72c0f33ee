// Builds static/dist/: one stylesheet, two scripts, the font and the icon sprite.
// Run by `npm run build`. Third-party parts come from node_modules and are never copied into the repository.

import { copyFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";
import { compile } from "sass";

const root = fileURLToPath(new URL("..", import.meta.url));
const dist = join(root, "static", "dist");
const packages = join(root, "node_modules");

const FONT = "@fontsource-variable/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next";
const FONT_FILES = ["latin-wght-normal", "latin-ext-wght-normal"];

async function buildStyle() {
  const { css } = compile(join(root, "static", "css", "safeguard.scss"), {
    loadPaths: [root],
    style: "compressed",
    quietDeps: true,
    logger: { warn: (message) => message.includes("$govuk-suppressed-warnings") || console.warn(message) },
  });
  // A source-map comment would stop Django's manifest storage: the map is not shipped.
  await writeFile(join(dist, "safeguard.css"), css.replace(/\/\*# sourceMappingURL=.*?\*\//g, ""));
}

async function buildScripts() {
  await build({
    entryPoints: ["safeguard.js", "person_picker.js"].map((name) => join(root, "static", "js", name)),
    outdir: dist,
    bundle: true,
    format: "esm",
    target: "es2020",
    minify: true,
    legalComments: "none",
    logLevel: "warning",
  });
}

async function copyFont() {
  await mkdir(join(dist, "font"), { recursive: true });
  for (const part of FONT_FILES) {
    await copyFile(join(packages, `${FONT}-${part}.woff2`), join(dist, "font", `${part}.woff2`));
  }
}

async function symbolOf(name) {
  const svg = await readFile(join(packages, "lucide-static", "icons", `${name}.svg`), "utf8");
  const drawing = svg.slice(svg.indexOf(">", svg.indexOf("<svg")) + 1, svg.lastIndexOf("</svg>"));
  return `<symbol id="${name}" viewBox="0 0 24 24">${drawing.replace(/\s*\n\s*/g, "")}</symbol>`;
}

async function buildIcons() {
  const list = await readFile(join(root, "static", "img", "icons.txt"), "utf8");
  const symbols = await Promise.all(list.split("\n").filter(Boolean).map(symbolOf));
  await writeFile(
    join(dist, "icons.svg"),
    `<svg xmlns="http://www.w3.org/2000/svg" fill="none" stroke="currentColor" stroke-width="2" ` +
      `stroke-linecap="round" stroke-linejoin="round">${symbols.join("")}</svg>\n`,
  );
}

await rm(dist, { recursive: true, force: true });
await mkdir(dist, { recursive: true });
await Promise.all([buildStyle(), buildScripts(), copyFont(), buildIcons()]);
