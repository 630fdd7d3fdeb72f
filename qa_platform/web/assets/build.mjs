// Builds the styles and scripts of the pages into ../static/built, which no repository holds: names that
// change with their content, a manifest from the names in the sources to these, and everybody's licence.
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, basename, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { compileAsync } from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const target = join(here, "..", "static", "built");
const packages = join(here, "node_modules");
// What travels to a reader, and so has to bring its licence along.
const SHIPPED = ["govuk-frontend", "@fontsource-variable/atkinson-hyperlegible-next"];

const scss = {
  name: "scss",
  setup(builder) {
    builder.onLoad({ filter: /\.scss$/ }, async ({ path }) => {
      const { css } = await compileAsync(path, { loadPaths: [packages], quietDeps: true });
      return { contents: css, loader: "css", resolveDir: dirname(path) };
    });
  },
};

function manifest(outputs) {
  const named = Object.entries(outputs)
    .filter(([, output]) => output.entryPoint)
    .map(([path, output]) => [
      basename(output.entryPoint).replace(/\.scss$/, ".css"),
      relative(target, join(here, path)),
    ]);
  return Object.fromEntries(named.sort());
}

function licences() {
  mkdirSync(join(target, "licences"), { recursive: true });
  for (const name of SHIPPED) {
    writeFileSync(join(target, "licences", `${name.replaceAll("/", "-")}.txt`), licenceOf(join(packages, name)));
  }
}

// A package that leaves its licence out names it, and its author: the text is then that of the list of SPDX.
function licenceOf(folder) {
  const file = readdirSync(folder).find((name) => /^licen[cs]e/i.test(name));
  if (file) return readFileSync(join(folder, file), "utf8");
  const { license, author } = read(join(folder, "package.json"));
  const { licenseText } = read(join(packages, "spdx-license-list", "licenses", `${license}.json`));
  return licenseText.replace("<year> <copyright holders>", author.name);
}

function read(path) {
  return JSON.parse(readFileSync(path, "utf8"));
}

rmSync(target, { recursive: true, force: true });
const { metafile } = await build({
  absWorkingDir: here,
  entryPoints: ["theme/main.scss", "script/main.js"],
  outdir: target,
  bundle: true,
  minify: true,
  format: "esm",
  target: ["es2022", "safari16", "firefox115", "chrome110"],
  entryNames: "[name]-[hash]",
  assetNames: "[name]-[hash]",
  loader: { ".woff2": "file" },
  plugins: [scss],
  metafile: true,
  logLevel: "warning",
});
licences();
writeFileSync(join(target, "manifest.json"), JSON.stringify(manifest(metafile.outputs), null, 2));
