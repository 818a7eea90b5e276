import * as fs from "node:fs";
import * as path from "node:path";

import { policies } from "../../policy-pack/index";
import { rememberInputs } from "../../policy-pack/frame/inputs";
import { breaks } from "../../rehearsal/scenarios/alterations/breaks";
import { type Break, setAt } from "../../rehearsal/scenarios/alterations/breaks/break";
import { type Registered, runPolicies } from "../../policy-pack/test/support/policies";
import { synthesize } from "../support/program";

const FOLDER = path.resolve(__dirname, "../../rehearsal/scenarios/alterations/breaks");
/** Judges those of some policies only: for whoever works on one. */
const NAMED = (process.env["POLICY"] ?? "").split(",").filter((name) => name !== "");
const chosen = breaks.filter(({ policy }) => NAMED.length === 0 || NAMED.includes(policy));

test("there is one for each policy, and each file is listed", () => {
  const names = policies.map(({ name }) => name).filter((name) => name !== rememberInputs.name);
  expect([...new Set(breaks.map(({ policy }) => policy))].sort()).toEqual([...names].sort());
  const files = fs.readdirSync(FOLDER).map((file) => file.replace(/\.ts$/, ""));
  expect(files.filter((file) => !["break", "index"].includes(file)).sort()).toEqual(
    [...names].sort(),
  );
});

/**
 * A first preview knows nothing that the cloud answers; a running stack all of it, told from its end: what is said does
 * not depend on the order in which resources happen to be registered.
 */
describe.each([
  ["in a running stack", false],
  ["in a first preview", true],
])("%s", (_, firstPreview) => {
  const good = new Map<string, Promise<readonly Registered[]>>();

  test.each(chosen.map((each) => [each.policy, each] as const))(
    "%s, and nothing else, catches the smallest change",
    async (policy, { stack = "dev", says, ...change }) => {
      const synthesis =
        good.get(stack) ??
        synthesize(stack, { preview: firstPreview }).then(({ registrations }) => {
          return firstPreview ? registrations : registrations.toReversed();
        });
      good.set(stack, synthesis);
      const violations = await runPolicies(broken(await synthesis, change), {
        stack,
        firstPreview,
      });
      expect(violations).toEqual(
        says.map(({ resource, level = "mandatory", message }) => {
          return { policy, level, resource, message };
        }),
      );
    },
  );
});

function broken(
  registrations: readonly Registered[],
  { at, change, follows }: Pick<Break, "at" | "change" | "follows">,
): readonly Registered[] {
  if (follows) {
    const { at: other, ...also } = follows;
    return broken(broken(registrations, { at, change }), { at: other, change: also });
  }
  const found = registrations.filter(({ type, name }) => type === at.type && name === at.name);
  if (found.length !== 1) throw new Error(`${found.length} resources are ${at.type} ${at.name}`);
  return registrations.flatMap((resource) => {
    return resource === found[0] ? changed(resource, change) : [resource];
  });
}

function changed(resource: Registered, change: Break["change"]): Registered[] {
  if ("drop" in change) return [];
  const inputs: object = structuredClone(resource.inputs);
  if ("duplicate" in change) {
    for (const [place, to] of Object.entries(change.set ?? {})) setAt(inputs, place, to);
    const { as: type = resource.type } = change;
    return [resource, { ...resource, type, name: change.duplicate, inputs }];
  }
  if ("unset" in change) setAt(inputs, change.unset, undefined);
  else {
    const all = { [change.set]: change.to, ...change.also };
    for (const [place, to] of Object.entries(all)) setAt(inputs, place, to);
  }
  return [{ ...resource, inputs }];
}
