import { type Received, send } from "../fakeGateway";
import { at, type Case, COMPLETES, line, PODS, twoRegions, wrong } from "../support/twoRegions";

const regions = twoRegions();

const SHED = "inference error: ResourceExhausted - system saturated, sheddable request dropped";

const names =
  (objective: string) =>
  ({ headers }: Received) =>
    headers["x-gateway-inference-objective"] === objective;

describe("an objective", () => {
  test.each<Case>([
    [
      "an objective that is refused",
      at("/v1/completions", names("food-review"), (r) => send(r, 429, "text/plain", SHED)),
      `objective food-review: failed, 429 text/plain ${SHED}`,
      `${COMPLETES}: the endpoint picker refuses, because the pool is saturated; ${PODS}`,
    ],
    [
      "a limit that is not the picker's",
      at("/v1/completions", names("batch"), (r) => send(r, 429, "text/plain", "slow down")),
      "objective batch: failed, 429 text/plain slow down",
      `${COMPLETES}: the pool is saturated; ask again when it has less to do, or ${PODS}`,
    ],
  ])("%s fails at that address alone", async (_, fault, words, why) => {
    expect(await regions().wrongWith(fault)).toEqual([[`us-east4 ${words}`, why]]);
  });

  test("an objective below zero may be shed by the picker", async () => {
    regions().east.fault = at("/v1/completions", names("batch"), (r) =>
      send(r, 429, "text/plain", SHED),
    );
    const rows = await regions().ask();
    expect(wrong(rows)).toEqual([]);
    expect(rows.map(line)).toContain(
      "us-east4 objective batch: ok, 429, shed by the endpoint picker: the pool is saturated",
    );
  });
});
