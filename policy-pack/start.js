// Entry point for `pulumi preview --policy-pack`. Compiling the sources one by one takes seconds at
// every start, so the built pack runs where there is one; but never an old one, which would judge by
// yesterday's rules without a word. Then esbuild, where it is at hand, builds the sources in memory,
// in a tenth of a second; only without it does the engine's own compiler have to.
const fs = require("node:fs");
const Module = require("node:module");
const path = require("node:path");

const { PolicyPack } = require("@pulumi/policy");

const BUILT = path.join(__dirname, "bin", "index.js");
const SOURCE = path.join(__dirname, "index.ts");
/** Folders whose changes are none of the policies'. */
const NO_SOURCES = ["bin", "node_modules", "test"];

/** Newest change below these, in milliseconds. */
function newestChange(paths) {
  return Math.max(...paths.map(changeOf));
}

function changeOf(place) {
  const stat = fs.statSync(place, { throwIfNoEntry: false });
  if (stat === undefined) {
    return 0;
  }
  const below = stat.isDirectory() ? fs.readdirSync(place) : [];
  return Math.max(stat.mtimeMs, ...below.map((name) => changeOf(path.join(place, name))));
}

function isBuilt() {
  const sources = fs
    .readdirSync(__dirname, { withFileTypes: true })
    .filter((entry) => (entry.isDirectory() ? !NO_SOURCES.includes(entry.name) : isSource(entry)))
    .map(({ name }) => path.join(__dirname, name));
  return changeOf(BUILT) > 0 && changeOf(BUILT) >= newestChange(sources);
}

function isSource({ name }) {
  return name.endsWith(".ts");
}

function canResolve(name) {
  try {
    require.resolve(name);
    return true;
  } catch {
    return false;
  }
}

function buildInMemory() {
  const { outputFiles } = require("esbuild").buildSync({
    entryPoints: [SOURCE],
    bundle: true,
    platform: "node",
    target: "node20",
    packages: "external",
    write: false,
  });
  const built = new Module(SOURCE, module);
  built.filename = SOURCE;
  built.paths = module.paths;
  built._compile(outputFiles[0].text, SOURCE);
  return built.exports;
}

function load() {
  if (isBuilt()) {
    return require(BUILT);
  }
  return canResolve("esbuild") ? buildInMemory() : require(SOURCE);
}

new PolicyPack("inference-gateway", {
  policies: load().policies,
  enforcementLevel: "mandatory",
});
