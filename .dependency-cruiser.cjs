// Who may import whom: the table of CONTRIBUTING.md, as `make test` checks it.

/** Folders of the program, and what each may import beside itself and packages. */
const PROGRAM = {
  catalog: [],
  customResources: [],
  checks: ["catalog"],
  config: ["checks", "catalog"],
  cost: ["catalog"],
  components: ["customResources", "checks", "catalog"],
  operations: ["config", "checks", "catalog", "policy-pack"],
  "policy-pack": [],
};

/** Rooms of the rehearsal, from top to bottom: each imports itself and those below it. */
const ROOMS = ["commands", "scenarios", "stage", "emulator", "toolchain"];

/** Rooms that know nothing of the program: the world has its facts from sources of its own. */
const OUTSIDE_PROGRAM = ["emulator", "toolchain"];

/** Tests may import anything; nothing but a test imports them. */
const TESTS = ["^test/", "^policy-pack/test/"];

const own = Object.entries(PROGRAM).map(([folder, others]) => ({
  name: `${folder}-imports`,
  comment: `${folder}/ imports ${["itself", ...others].join(", ")} and packages`,
  severity: "error",
  from: { path: `^${folder}/`, pathNot: TESTS },
  to: {
    pathNot: [folder, ...others].map((each) => `^${each}/`).concat("node_modules"),
    dependencyTypesNot: ["core"],
  },
}));

const rooms = ROOMS.slice(1).map((room, index) => ({
  name: `${room}-imports-upward`,
  comment: `rehearsal/${room}/ imports no room above it: ${ROOMS.slice(0, index + 1).join(", ")}`,
  severity: "error",
  from: { path: `^rehearsal/${room}/` },
  to: { path: `^rehearsal/(${ROOMS.slice(0, index + 1).join("|")})/` },
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
      from: { pathNot: ["^(rehearsal|scripts)/", ...TESTS] },
      to: { path: ["^(rehearsal|scripts)/", ...TESTS] },
    },
    ...own,
    {
      name: "frame-knows-no-subject",
      comment: "policy-pack/frame/ is what every subject of the pack stands on, so it imports none",
      severity: "error",
      from: { path: "^policy-pack/frame/" },
      to: { pathNot: ["^policy-pack/frame/", "node_modules"] },
    },
    {
      name: "pack-tests-know-no-rehearsal",
      comment:
        "The pack is published on its own: its tests need the checkout, and no emulated cloud",
      severity: "error",
      from: { path: "^policy-pack/test/" },
      to: { path: "^rehearsal/" },
    },
    ...rooms,
    {
      name: "world-knows-no-program",
      comment: "The emulator and the toolchain import packages and the rehearsal only",
      severity: "error",
      from: { path: `^rehearsal/(${OUTSIDE_PROGRAM.join("|")})/` },
      to: { pathNot: ["^rehearsal/", "node_modules"], dependencyTypesNot: ["core"] },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^node_modules/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
  },
};
