import { ADAPTER, chunk, FakeGateway, type Fault, MODEL } from "./fakeGateway";
import { at, CHECKS, line, plain, streamed, twoRegions, wrong } from "./support/twoRegions";

const regions = twoRegions();

test("a gateway that works answers every question at the address of every region", async () => {
  const rows = await regions().ask();
  expect(rows.map(line)).toEqual(
    ["europe-west3", "us-east4"].flatMap((region) => [
      `${region} models: ok, 200, ${MODEL}, ${ADAPTER}`,
      `${region} completion: ok, 200 by ${MODEL}, 10 characters`,
      `${region} stream: ok, 200, 2 events by ${MODEL}, 7 characters`,
      `${region} chat: ok, 200 by ${MODEL}, 7 characters`,
      `${region} adapter ${ADAPTER}: ok, 200 by ${ADAPTER}, 10 characters`,
      `${region} unknown model: ok, 404, and its error names the model`,
      `${region} malformed body: ok, 400`,
      `${region} endpoint picker: ok, 200 by verify-renamed-model, 10 characters`,
      `${region} objective food-review: ok, 200 by ${MODEL}, 10 characters`,
      `${region} objective batch: ok, 200 by ${MODEL}, 10 characters`,
    ]),
  );
  const { west, east } = regions();
  for (const { received } of [west, east]) {
    const named = received.map(({ headers }) => headers["x-gateway-inference-objective"]);
    expect(named.filter(Boolean)).toEqual(["food-review", "batch"]);
    expect(received).toHaveLength(CHECKS.length);
  }
});

test("a region that is down fails once, and the others are asked", async () => {
  const down = await FakeGateway.start();
  const { url } = down;
  await down.stop();
  const { west } = regions();
  const rows = await regions().ask({ gatewayUrls: { "europe-west3": west.url, "us-east4": url } });
  expect(wrong(rows)).toEqual([
    [
      "us-east4 models: failed, the connection was refused",
      `expected 200 with a list that has "${MODEL}": this machine is not in the stack's VPC (MANIFEST=1 prints a Job for a cluster that is), or the address is not programmed; kubectl get gateway -n inference in the config cluster`,
    ],
    ...CHECKS.slice(1).map((check) => [
      `us-east4 ${check}: skipped, not asked: the address does not answer`,
    ]),
  ]);
});

test("if no address answers, it cannot say", async () => {
  const silent: Fault = (_, response) => {
    response.destroy();
    return true;
  };
  const { west, east } = regions();
  west.fault = silent;
  east.fault = silent;
  await expect(regions().ask()).rejects.toMatchObject({
    exitCode: 2,
    message:
      "No address of the gateway answers:\n" +
      `- europe-west3, ${west.url}: the connection was closed too early\n` +
      `- us-east4, ${east.url}: the connection was closed too early\n` +
      "Likely this machine is not in the stack's VPC (MANIFEST=1 prints a Job for a cluster that is), or the address is " +
      "not programmed; kubectl get gateway -n inference in the config cluster.",
  });
});

test("an answer that does not come in time, or not whole, fails and does not hold up the rest", async () => {
  const { west, east } = regions();
  west.fault = at("/v1/completions", plain, () => undefined);
  east.fault = at("/v1/completions", streamed, (r) => {
    r.writeHead(200, { "content-type": "text/event-stream" });
    r.write(`data: ${chunk(MODEL, "a")}\n\n`);
  });
  const words = wrong(await regions().ask({}, 1)).map(([first]) => first);
  expect(words).toEqual([
    "europe-west3 completion: failed, no answer within 1 s",
    "us-east4 stream: failed, 200, 1 event, no [DONE] at the end (it did not end within 1 s)",
  ]);
});
