import { ADAPTER, json, MODEL } from "./fakeGateway";
import { at, CHECKS, COMPLETES, plain, PODS, twoRegions, wrong } from "./support/twoRegions";

const regions = twoRegions();

test("the private name is asked as well", async () => {
  const { west, east } = regions();
  const rows = await regions().ask({
    gatewayUrls: { "us-east4": east.url },
    privateUrl: west.url,
  });
  const asked = rows.filter(({ at }) => at === "private name").map(({ check }) => check);
  expect(asked).toEqual(CHECKS);
  expect(wrong(rows)).toEqual([]);
});

test("in a roll-out, the cluster that serves another model is named", async () => {
  const clusters = {
    "gke-west": { context: "west", model: { id: MODEL, adapters: [] } },
    "gke-east": { context: "east", model: { id: "new/model", adapters: [{ name: ADAPTER }] } },
  };
  regions().east.fault = at("/v1/completions", plain, (r) =>
    json(r, 200, { model: "new/model", choices: [{ text: "x" }] }),
  );
  const rows = await regions().ask({ clusters });
  expect(wrong(rows)).toEqual([
    [
      `europe-west3 adapter ${ADAPTER}: skipped, not asked: gke-west does not have it, and may get the request`,
    ],
    [
      'us-east4 completion: failed, 200 by model "new/model"',
      `${COMPLETES}: a cluster serves another model than the stack's outputs say (gke-east: new/model); pulumi stack output model, and ${PODS}`,
    ],
    [
      `us-east4 adapter ${ADAPTER}: skipped, not asked: gke-west does not have it, and may get the request`,
    ],
  ]);
});

test("a stack without the output objectives is asked about everything else", async () => {
  expect(wrong(await regions().ask({ objectives: undefined })).map(([first]) => first)).toEqual(
    ["europe-west3", "us-east4"].map(
      (region) =>
        `${region} objectives: skipped, not asked: the stack has no output objectives yet; \`pulumi up\` adds it`,
    ),
  );
});
