import type { Failure, Outcome } from "../../../operations/support/engine";
import { isFeatureRefusal } from "../../../operations/teardown/refusal";
import { done, refused, urn } from "../support/fakes";

const failed = refused as Extract<Outcome, { kind: "failed" }>;
const change = (other: Partial<Failure>): Outcome => ({
  ...failed,
  failures: failed.failures.map((failure) => ({ ...failure, ...other })),
});

test("Google's refusal to delete a feature is recognised", () => {
  expect(isFeatureRefusal(refused)).toBe(true);
});

const network: Failure = {
  operation: "delete",
  type: "gcp:compute/network:Network",
  urn: urn("gcp:compute/network:Network", "network"),
  messages: ["in use"],
};
test.each<[string, Outcome]>([
  ["a command that is done", done],
  ["an interrupt", { kind: "interrupted" }],
  ["a lock", { kind: "locked", said: "Feature has associated resources" }],
  ["another operation on the feature", change({ operation: "update" })],
  ["the same words of another type", change({ type: "gcp:gkehub/membership:Membership" })],
  ["other words of the feature", change({ messages: ["Feature is not there"] })],
  ["a feature that failed without a word", change({ messages: [] })],
  ["another failure beside it", { ...failed, failures: [...failed.failures, network] }],
  ["another error beside it", { ...failed, errors: ["the state could not be written"] }],
  ["no failure at all", { ...failed, failures: [] }],
])("%s is something else", (_, outcome) => {
  expect(isFeatureRefusal(outcome)).toBe(false);
});
