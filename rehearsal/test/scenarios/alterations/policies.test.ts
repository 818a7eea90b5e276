import { policies } from "../../../../policy-pack/index";
import { rememberInputs } from "../../../../policy-pack/frame/inputs";
import { type Registered, runPolicies } from "../../../../policy-pack/test/support/policies";
import { synthesize } from "../../../../test/support/program";
import { alteredStack } from "../../../scenarios/alterations/alter";
import { isPoliced, messagesOf } from "../../../scenarios/alterations/alteration";
import type { Edit } from "../../../scenarios/alterations/edit";
import { previewable } from "../../../scenarios/alterations/previewable";
import { alterations } from "../../../scenarios/alterations/table";
import { together } from "../../../scenarios/alterations/together";

const policed = alterations.filter(isPoliced);
/** Judges those of some policies only: for whoever works on one. */
const NAMED = (process.env["POLICY"] ?? "").split(",").filter((name) => name !== "");
const chosen = policed.filter(({ policy }) => NAMED.length === 0 || NAMED.includes(policy.name));
/** Loads the SDK afresh twice. */
const SYNTHESIS_MS = 60_000;
/** As the drill shows them in the real engine. */
const previews = (["dev", "prod"] as const).flatMap((stack) =>
  together(previewable(policed, stack))
    .filter((group) => group.length > 1)
    .map((group) => ({ stack, group, names: group.map(({ name }) => name).join(", ") })),
);

test("there is an alteration for each policy", () => {
  const names = policies.map(({ name }) => name).filter((name) => name !== rememberInputs.name);
  expect([...new Set(policed.map(({ policy }) => policy.name))].sort()).toEqual([...names].sort());
});

/**
 * A first preview knows nothing that the cloud answers; a running stack all of it, told from its end: what is said does
 * not depend on the order in which resources happen to be registered.
 */
describe.each([
  ["in a running stack", false],
  ["in a first preview", true],
])("%s", (_, firstPreview) => {
  const good = new Map<string, readonly Registered[]>();
  beforeAll(async () => {
    for (const stack of ["dev", "prod"] as const) {
      const { registrations } = await synthesize(stack, { preview: firstPreview });
      good.set(stack, firstPreview ? registrations : registrations.toReversed());
    }
  }, SYNTHESIS_MS);
  const altered = (stack: "dev" | "prod", edits: readonly Edit[]) =>
    alteredStack(good.get(stack) ?? [], edits);

  test.each(chosen.map((each) => [each.name, each.policy.name, each] as const))(
    "%s is caught by %s, and by nothing else",
    async (_name, _policy, alteration) => {
      const { stack = "dev", edits } = alteration;
      const messages = await runPolicies(altered(stack, edits), { stack, firstPreview });
      expect(messages).toEqual(messagesOf(alteration));
    },
  );

  test.each(previews.map((each) => [each.names, each] as const))(
    "together, each is caught by its own policy: %s",
    async (_names, { stack, group }) => {
      const edits = group.flatMap((each) => each.edits);
      const messages = await runPolicies(altered(stack, edits), { stack, firstPreview });
      expect(sorted(messages)).toEqual(sorted(group.flatMap(messagesOf)));
    },
  );
});

function sorted(messages: readonly object[]): string[] {
  return messages.map((each) => JSON.stringify(each)).sort();
}
