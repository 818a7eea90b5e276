// Entry point for `pulumi preview --policy-pack`. Compiling the sources takes two seconds and more
// at every start on a fresh machine, so the built pack runs where there is one; but never an old
// one, which would judge by yesterday's rules without a word.
const fs = require("node:fs");
const path = require("node:path");

const { PolicyPack } = require("@pulumi/policy");

const BUILT = path.join(__dirname, "bin", "index.js");

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

const sources = ["index.ts", "policies", "support"].map((name) => path.join(__dirname, name));
const isBuilt = changeOf(BUILT) > 0 && changeOf(BUILT) >= newestChange(sources);
const { policies } = require(isBuilt ? BUILT : "./index");

new PolicyPack("inference-gateway", { policies, enforcementLevel: "mandatory" });
