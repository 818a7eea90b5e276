import type { ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";

import { policies } from "../../../../policy-pack/index";
import { alteredStack } from "../../../scenarios/alterations/alter";
import { Judge } from "../../../scenarios/mutants/judge";
import { becomes, type Mutant, mutantsOf } from "../../../scenarios/mutants/mutate";
import type { Registered } from "../../../scenarios/mutants/registered";
import { runPolicies } from "../../../../policy-pack/test/support/policies";
import { synthesize } from "../../../../test/support/program";

/** One mutant in so many is judged; where policies mind it, as the engine does, too: that takes a fifth of a second. */
const STEP = 331;

describe.each(["dev", "prod"] as const)("of %s", (stack) => {
  let resources: Registered[];

  beforeAll(async () => {
    ({ registrations: resources } = await synthesize(stack));
  });

  test("nothing is said of the good stack", () => {
    expect(new Judge(policies, stack).ofStack(resources)).toEqual([]);
  });

  test("the policies say the same of mutants as they do to the engine", async () => {
    const judge = new Judge(policies, stack);
    const judged = [...mutantsOf(resources)]
      .filter((_, index) => index % STEP === 0)
      .map((mutant) => {
        const changed = alteredStack(resources, mutant.edits);
        return { mutant, changed, said: judge.ofChange(changed, becomes(mutant, resources)) };
      });
    const caught = judged.filter(({ said }) => said.length > 0);
    const others = judged.filter(({ said }) => said.length === 0).slice(0, 3);
    expect(caught.length).toBeGreaterThan(3);
    for (const { mutant, changed, said } of [...caught, ...others]) {
      const engine = await runPolicies(changed, { stack });
      expect(textsOf(mutant, said)).toEqual(textsOf(mutant, engine));
    }
  });
});

function textsOf({ name }: Mutant, said: { policy: string; message: string }[]): string[] {
  return said.map(({ policy, message }) => [name, policy, withoutDescription(message)].join(" "));
}

/** A message with a level of its own begins with the description. */
function withoutDescription(message: string): string {
  return message.split("\n").at(-1) ?? "";
}

const resource: Registered = {
  type: "gcp:a:A",
  name: "one",
  inputs: { size: 1 },
  protect: true,
  provider: "pulumi:providers:gcp::door",
  dependsOn: [],
  propertyDependencies: { size: ["gcp:a:A::other", "gcp:a:A::elsewhere"] },
};
const provider: Registered = {
  type: "pulumi:providers:gcp",
  name: "door",
  inputs: {},
  protect: false,
  dependsOn: [],
  propertyDependencies: {},
};

test("a policy on a resource sees it with its provider, and whether it is protected", () => {
  const seen: unknown[] = [];
  const policy: ResourceValidationPolicy = {
    name: "p",
    description: "d",
    validateResource: ({ type, name, urn, props, opts, provider: door }, report) => {
      seen.push({ type, name, urn, props, protect: opts.protect, door: door?.name });
      report("wrong");
    },
  };
  const judge = new Judge([policy], "prod");
  expect(judge.ofChange([provider, resource], [resource])).toEqual([
    { policy: "p", message: "wrong" },
  ]);
  expect(seen).toEqual([
    {
      type: "gcp:a:A",
      name: "one",
      urn: "urn:pulumi:prod::inference-gateway::gcp:a:A::one",
      props: { size: 1 },
      protect: true,
      door: "door",
    },
  ]);
});

test("a policy on the stack sees all resources, and where their values come from", () => {
  const seen: unknown[] = [];
  const policy: StackValidationPolicy = {
    name: "p",
    description: "d",
    validateStack: ({ resources }) => {
      for (const { name, propertyDependencies } of resources) {
        const sources = propertyDependencies.size?.map(({ urn }) => urn.split("::").at(-1));
        seen.push([name, sources]);
      }
    },
  };
  const other = { ...provider, type: "gcp:a:A", name: "other" };
  expect(new Judge([policy], "dev").ofChange([resource, other], [])).toEqual([]);
  expect(seen).toEqual([
    ["one", ["other", "elsewhere"]],
    ["other", undefined],
  ]);
});

test("a policy that does not apply says nothing; one that breaks is named", () => {
  const policy = (validateResource: ResourceValidationPolicy["validateResource"]) =>
    new Judge([{ name: "p", description: "d", validateResource }], "dev");
  const silent = policy((args) => args.notApplicable("other types"));
  expect(silent.ofStack([resource])).toEqual([]);
  const broken = policy(() => {
    throw new TypeError("spec is undefined");
  });
  expect(() => broken.ofStack([resource])).toThrow("policy p ends with an error");
});
