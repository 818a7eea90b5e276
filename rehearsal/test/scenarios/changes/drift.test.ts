import { create, update } from "../../../scenarios/changes/change";
import { type Findings, judgeDrift } from "../../../scenarios/changes/drift/course";
import { type Drift, drifts } from "../../../scenarios/changes/drift/table";

const edited: Drift = {
  ...{ name: "edited", what: "somebody edits", cause: () => Promise.resolve() },
  seen: update("Policy::p", "spec.a"),
  mended: update("Policy::p", "spec.a"),
};
const deleted: Drift = {
  ...{ name: "deleted", what: "somebody deletes", cause: () => Promise.resolve() },
  seen: { operation: "delete", resource: "Firewall::f", properties: [] },
  mended: create("Firewall::f"),
};
const found: Findings = {
  blind: [],
  reported: [
    { resource: "Policy p", path: "spec.a", force: false },
    { resource: "Firewall f", force: false },
  ],
  seen: [edited.seen, deleted.seen],
  planned: [edited.mended, deleted.mended],
  mended: [edited.mended, deleted.mended],
};

function problems(changed: Partial<Findings>, ofStack: string[] = []): Record<string, string[]> {
  const results = judgeDrift([edited, deleted], { ...found, ...changed }, ofStack);
  return Object.fromEntries(results.map(({ name, outcome }) => [name, outcome.problems]));
}

const NONE = { edited: [], deleted: [], "nothing else drifts": [] };

test("all drift is seen and mended, and nothing else", () => {
  expect(problems({})).toEqual(NONE);
});

test("drift that a refresh does not see", () => {
  expect(problems({ seen: [edited.seen] })).toEqual({
    ...NONE,
    deleted: ["refresh: missing: delete Firewall::f"],
  });
});

test("drift that is not mended, or mended otherwise", () => {
  const mended = [update("Policy::p", "spec.a", "spec.b")];
  expect(problems({ mended })).toEqual({
    edited: [
      "up: missing: update Policy::p (spec.a)",
      "up: not expected: update Policy::p (spec.a, spec.b)",
    ],
    deleted: ["up: missing: create Firewall::f"],
    "nothing else drifts": [],
  });
});

test("what nobody changed drifts too, or is mended too", () => {
  const other = update("Gateway::g", "spec.c");
  const rest = problems({
    blind: [other],
    seen: [...found.seen, other],
    planned: [...found.planned, other],
    mended: [...found.mended, other],
  });
  expect(rest).toEqual({
    ...NONE,
    "nothing else drifts": [
      "preview without refresh: update Gateway::g (spec.c)",
      "refresh: update Gateway::g (spec.c)",
      "preview: update Gateway::g (spec.c)",
      "up: update Gateway::g (spec.c)",
    ],
  });
});

test("drift that the morning's report misses, or has another way to mend", () => {
  const [, firewall] = found.reported;
  expect(problems({ reported: [] })).toEqual({
    ...NONE,
    edited: ["report: nothing, not spec.a"],
    deleted: ["report: nothing, not gone"],
  });
  const other = { resource: "Gateway g", path: "spec.c", force: false };
  const forced = { resource: "Policy p", path: "spec.a", force: true };
  expect(problems({ reported: [forced, other, ...(firewall ? [firewall] : [])] })).toEqual({
    ...NONE,
    edited: ["report: spec.a, reverted by force, not spec.a"],
    "nothing else drifts": ["report: Gateway g (spec.c)"],
  });
});

test("what hands own is taken back only by force", () => {
  const refused = /conflict with "kubectl-edit" using v1: \.spec\.a/;
  const owned = { ...edited, refused };
  const reported = found.reported.map((each) => ({ ...each, force: each.path === "spec.a" }));
  const judged = (refusal?: string) =>
    Object.fromEntries(
      judgeDrift([owned, deleted], { ...found, reported, refusal }, []).map(({ name, outcome }) => [
        name,
        outcome.problems,
      ]),
    );
  const conflict = 'conflict with "kubectl-edit" using v1: .spec.a';
  expect(judged(conflict)).toEqual(NONE);
  expect(judged()).toEqual({
    ...NONE,
    edited: [
      `without PULUMI_K8S_ENABLE_PATCH_FORCE: preview --refresh passes, not with ${String(refused)}`,
    ],
  });
  expect(judged(`${conflict}\nconflict with "helm" using v1: .spec.b`)).toEqual({
    ...NONE,
    "nothing else drifts": ['preview: conflict with "helm" using v1: .spec.b'],
  });
});

test("providers that are told to force are no drift", () => {
  const provider = update("pulumi:providers:kubernetes::gke-west");
  expect(
    problems({ planned: [...found.planned, provider], mended: [...found.mended, provider] }),
  ).toEqual(NONE);
});

test("a preview that fails for another reason", () => {
  expect(problems({ refusal: "no connection" })).toEqual({
    ...NONE,
    "nothing else drifts": ["preview: no connection"],
  });
});

test("the mended stack does not serve", () => {
  expect(problems({}, ["no pod is ready"])).toEqual({
    ...NONE,
    "nothing else drifts": ["no pod is ready"],
  });
});

test("each drift has a name and a resource of its own", () => {
  for (const key of ["name", "what"] as const) {
    expect(new Set(drifts.map((drift) => drift[key])).size).toBe(drifts.length);
  }
  expect(new Set(drifts.map(({ seen }) => seen.resource)).size).toBe(drifts.length);
});
