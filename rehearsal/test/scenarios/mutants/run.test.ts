import type { ResourceValidationPolicy } from "@pulumi/policy";

import type { KubeClient } from "../../../emulator/kube/client";
import { KubeError } from "../../../emulator/kube/errors";
import { Explanations } from "../../../scenarios/mutants/explanation";
import type { Registered } from "../../../scenarios/mutants/registered";
import { MutantRun } from "../../../scenarios/mutants/run";

const SECRET = "kubernetes:core/v1:Secret";
const secret: Registered = {
  type: SECRET,
  name: "token",
  inputs: { data: "a" },
  provider: "pulumi:providers:kubernetes::gke-east",
  protect: false,
  dependsOn: [],
  propertyDependencies: {},
};

function run(part?: string): MutantRun {
  const program = { stack: "dev", project: "demo-project", resources: [secret] };
  return new MutantRun(program, "", "", part);
}

/** Minds where `data` is not there. */
const dataSet: ResourceValidationPolicy = {
  name: "data-set",
  description: "d",
  validateResource: ({ props }, report) => {
    if (props.data === undefined) report("data: is not set");
  },
};

/** Minds fields that it does not know. */
const server = {
  create: (object) => {
    if (!("dataa" in object)) return Promise.resolve(object);
    const message = 'unknown field "dataa"';
    return Promise.reject(new KubeError({ code: 400, reason: "BadRequest", message }));
  },
} as KubeClient;

test("a mutant ends with the first who catches it", async () => {
  const mutants = run();
  mutants.judge([dataSet]);
  await mutants.askClusters(new Map([["gke-east", server]]));
  const left = [{ of: "*", does: ["duplicate" as const], why: "the same twice" }];
  mutants.close(new Explanations(left), new Set([`${SECRET} token rename data`]));
  const found = mutants.verdicts.map(({ mutant, by, what }) => [mutant.name, by, ...what]);
  expect(found).toEqual([
    [`${SECRET} token drop data`, "policy", "data-set"],
    [`${SECRET} token misspell data`, "policy", "data-set"],
    [`${SECRET} token rename data`, "production"],
    [`${SECRET} token duplicate`, "explanation", "the same twice"],
    [`${SECRET} token leave out`, "nobody"],
  ]);
  expect(mutants.problems).toEqual([]);
});

test("what no policy catches an API may", async () => {
  const mutants = run("misspell");
  mutants.judge([]);
  await mutants.askClusters(new Map([["gke-east", server]]));
  mutants.close(new Explanations([]));
  expect(mutants.verdicts.map(({ by, what }) => [by, ...what])).toEqual([
    ["api", 'unknown field "dataa"'],
  ]);
});

test("a policy that minds the good stack, or breaks, is a problem", () => {
  const mutants = run("drop");
  const strict: ResourceValidationPolicy = {
    name: "strict",
    description: "d",
    validateResource: ({ props }, report) => {
      if (props.data === undefined) throw new TypeError("data is undefined");
      report("never good");
    },
  };
  mutants.judge([strict]);
  expect(mutants.problems).toEqual([
    "dev: strict minds the good stack: never good",
    `dev: ${SECRET} token drop data: policy strict ends with an error: TypeError: data is undefined`,
  ]);
});
