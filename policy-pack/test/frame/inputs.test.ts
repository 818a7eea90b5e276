import { UNKNOWN } from "../support/unknown";
import { rememberInputs, withInputs } from "../../frame";
import { runPolicies } from "../support/policies";

const type = "example:index:Thing";
const urn = `urn:pulumi:dev::inference-gateway::${type}::thing`;

/** The same, whether read all at once or one by one. */
function read(outputs: object, name = "thing"): object {
  const told = { urn: urn.replace(/thing$/, name), name, type, props: outputs };
  const all = withInputs.all(told);
  const one = Object.keys(all).map((key) => [key, withInputs.one(told, key)]);
  expect(Object.fromEntries(one)).toEqual(all);
  return all;
}

async function remember(inputs: object): Promise<void> {
  const violations = await runPolicies([{ type, name: "thing", inputs }], {
    policies: [rememberInputs],
  });
  expect(violations).toEqual([]);
}

test("a resource without outputs has its inputs", async () => {
  await remember({ spec: { a: 1 }, other: UNKNOWN });
  expect(read({})).toEqual({ spec: { a: 1 }, other: UNKNOWN });
});

test("inputs lie over outputs, but not where they tell less", async () => {
  await remember({ asked: 1, hidden: UNKNOWN, empty: null });
  const outputs = { asked: 2, hidden: "known now", empty: "by default", status: "ready" };
  expect(read(outputs)).toEqual({ ...outputs, asked: 1 });
});

test("a replaced resource has the name of its successor, which the engine chooses after it has shown the inputs", async () => {
  await remember({ name: "pool-670fd2b", size: 1 });
  expect(read({ name: "pool-9079426", size: 1 })).toEqual({ name: "pool-9079426", size: 1 });
  expect(read({ name: UNKNOWN, size: 1 })).toEqual({ name: "pool-670fd2b", size: 1 });
});

test("what nobody asked for and nobody knows yet is absent", async () => {
  await remember({ asked: UNKNOWN, given: 1 });
  expect(read({ asked: UNKNOWN, given: 1, computed: UNKNOWN })).toEqual({
    asked: UNKNOWN,
    given: 1,
  });
});

test("the last inputs count", async () => {
  await remember({ asked: 1, dropped: true });
  await remember({ asked: 2 });
  expect(read({})).toEqual({ asked: 2 });
});

test("of a resource that was never seen there are the outputs", () => {
  expect(read({ a: 1 }, "never")).toEqual({ a: 1 });
});
