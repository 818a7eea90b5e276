import { rememberInputs, withInputs } from "../../../policy-pack/support/inputs";
import { runPolicies } from "../../support/policies";
import { UNKNOWN } from "../../support/registrations";

const type = "example:index:Thing";
const urn = `urn:pulumi:dev::inference-gateway::${type}::thing`;

async function remember(inputs: object): Promise<void> {
  const violations = await runPolicies([{ type, name: "thing", inputs }], {
    policies: [rememberInputs],
  });
  expect(violations).toEqual([]);
}

test("a resource without outputs has its inputs", async () => {
  await remember({ spec: { a: 1 }, other: UNKNOWN });
  expect(withInputs(urn, {})).toEqual({ spec: { a: 1 }, other: UNKNOWN });
});

test("inputs lie over outputs, but not where they tell less", async () => {
  await remember({ asked: 1, hidden: UNKNOWN, empty: null });
  const outputs = { asked: 2, hidden: "known now", empty: "by default", status: "ready" };
  expect(withInputs(urn, outputs)).toEqual({ ...outputs, asked: 1 });
});

test("the last inputs count", async () => {
  await remember({ asked: 1, dropped: true });
  await remember({ asked: 2 });
  expect(withInputs(urn, {})).toEqual({ asked: 2 });
});

test("of a resource that was never seen there are the outputs", () => {
  expect(withInputs("urn:pulumi:dev::p::t::never", { a: 1 })).toEqual({ a: 1 });
});
