// Who may import whom: the table of CONTRIBUTING.md, as `make test` checks it.

/** Folders of the program, and what each may import beside itself and packages. */
const PROGRAM = {
  catalog: [],
  customResources: [],
  config: ["catalog"],
  cost: ["catalog"],
  components: ["customResources", "catalog"],
  operations: ["config", "catalog"],
  "policy-pack": [],
};

/** Folders of the rehearsal that know neither the program nor what is built on them. */
const EMULATOR = ["toolchain", "kube", "google", "gke", "cloud", "providers"];

const own = Object.entries(PROGRAM).map(([folder, others]) => ({
  name: `${folder}-imports`,
  comment: `${folder}/ imports ${["itself", ...others].join(", ")} and packages`,
  severity: "error",
  from: { path: `^${folder}/` },
  to: {
    pathNot: [folder, ...others].map((each) => `^${each}/`).concat("node_modules"),
    dependencyTypesNot: ["core"],
  },
}));

module.exports = {
  forbidden: [
    {
      name: "no-circles",
      comment: "A circle has no bottom to read from: move what both need into a file of its own",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "program-knows-no-rehearsal",
      comment: "What is deployed does not know that it is rehearsed or tested",
      severity: "error",
      from: { pathNot: "^(rehearsal|test|scripts)/" },
      to: { path: "^(rehearsal|test|scripts)/" },
    },
    ...own,
    {
      name: "emulator-knows-no-program",
      comment:
        "The emulator imports packages and itself only: it has its facts from sources of its own",
      severity: "error",
      from: { path: `^rehearsal/(${EMULATOR.join("|")})/` },
      to: {
        pathNot: [`^rehearsal/(${EMULATOR.join("|")})/`, "^rehearsal/dated.ts$", "node_modules"],
        dependencyTypesNot: ["core"],
      },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^node_modules/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
  },
};
