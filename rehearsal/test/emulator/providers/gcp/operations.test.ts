import { PROJECT, REGION } from "../../cloud/support/testCloud";
import { refusal, Reply, Script, ScriptedStandIn } from "./support/script";

const NETWORK = "gcp:compute/network:Network";
const ADDRESS = "gcp:compute/address:Address";
const MEMBERSHIP = "gcp:gkehub/membership:Membership";
const COMPUTE = `/compute/beta/projects/${PROJECT}`;
const HUB = `/v1beta/projects/${PROJECT}/locations/global`;
const OPERATION = `${COMPUTE}/global/operations/o`;
const MEMBERSHIPS = `${HUB}/memberships`;

const running = { json: { name: "o", status: "RUNNING" } };
const done = { json: { name: "o", status: "DONE" } };
const vpc = { json: { name: "vpc", id: "1", autoCreateSubnetworks: true } };
const failed = (...errors: object[]): Reply => ({
  json: { name: "o", status: "DONE", error: { errors } },
});

let standIn: ScriptedStandIn;
afterEach(() => standIn.close());

async function before(script: Script): Promise<ScriptedStandIn> {
  standIn = new ScriptedStandIn(script);
  await standIn.configure();
  return standIn;
}

/** A network whose creation is answered so, and whose operation is asked for with these answers. */
async function network(begun: Reply, ...polls: Reply[]): Promise<string[]> {
  await before({
    [`POST ${COMPUTE}/global/networks`]: begun,
    [`GET ${OPERATION}`]: polls,
    [`GET ${COMPUTE}/global/networks/vpc`]: vpc,
  });
  await standIn.create(NETWORK, "x", { name: "vpc" });
  return standIn.taken().map(([call]) => call.replace(/^(\w+) .*\//, "$1 "));
}

const POST = "POST networks?alt=json";
const POLL = "GET o?alt=json";
const READ = "GET vpc?alt=json";

describe("an operation of Compute Engine", () => {
  test("that is done at once is not asked for", async () => {
    expect(await network(done)).toEqual([POST, READ]);
  });

  test("is asked for until it is done, by GET", async () => {
    expect(await network(running, running, done)).toEqual([POST, POLL, POLL, READ]);
  });

  test("may be unknown twenty times in a row", async () => {
    const late = Array.from({ length: 20 }, () => refusal(404, "no such operation", "notFound"));
    expect((await network(running, ...late, done)).filter((call) => call === POLL)).toHaveLength(
      21,
    );
  }, 60_000);

  test("goes on while what it needs is not ready", async () => {
    const notReady = failed({ code: "RESOURCE_NOT_READY", message: "not ready" });
    expect(await network(running, notReady, done)).toEqual([POST, POLL, POLL, READ]);
  });

  test("is looked for where its answer says that it is", async () => {
    const regional = { name: "o", region: `https://x/regions/${REGION}`, status: "RUNNING" };
    await before({
      [`DELETE ${COMPUTE}/regions/${REGION}/addresses/a`]: { json: regional },
      [`GET ${COMPUTE}/regions/${REGION}/operations/o`]: done,
    });
    const id = `projects/${PROJECT}/regions/${REGION}/addresses/a`;
    await standIn.delete({ type: ADDRESS, name: "x", id, inputs: {}, outputs: {} });
    expect(standIn.taken()[1]).toEqual([
      `GET https://compute.googleapis.com${COMPUTE}/regions/${REGION}/operations/o?alt=json`,
    ]);
  });

  test.each<[string, Reply, string]>([
    [
      "with each message in a line",
      failed({ code: "A", message: "first" }, { code: "B", message: "second" }),
      "first\nsecond\n",
    ],
    [
      "with all there is to know of a quota",
      failed({
        code: "QUOTA_EXCEEDED",
        message: "Quota 'N' exceeded.",
        errorDetails: [
          {
            quotaInfo: {
              metricName: "m",
              limitName: "l",
              limit: 5,
              dimensions: { zone: "z", region: "r" },
            },
          },
        ],
      }),
      "Quota 'N' exceeded.\n\tmetric name = m\n\tlimit name = l\n\tlimit = 5\n" +
        "\tdimensions = map[region:r zone:z]\n",
    ],
    [
      "with the message in the caller's language, and where to read on",
      failed({
        code: "STOCKOUT",
        message: "none",
        errorDetails: [
          { localizedMessage: { message: "None left." } },
          { help: { links: [{ description: "More", url: "https://x" }] } },
        ],
      }),
      "none\n\n\nNone left.\n\n\nMore\nhttps://x\n",
    ],
  ])("fails %s", async (_case, end, message) => {
    const why = "Error waiting to create Network: Error waiting for Creating Network: ";
    await expect(network(running, end)).rejects.toThrow(why + message);
  });

  test("that failed at once does not say what was waited for", async () => {
    await expect(network(failed({ message: "no" }))).rejects.toThrow(
      "1 error occurred:\n\t* Error waiting to create Network: no\n\n\n",
    );
  });

  test("in a state that nobody knows is not waited for", async () => {
    await expect(network(running, { json: { name: "o", status: "ABORTING" } })).rejects.toThrow(
      "Error waiting for Creating Network: unexpected state 'ABORTING', wanted target 'DONE'. " +
        "last error: %!s(<nil>)",
    );
  });

  test("that cannot be asked for fails", async () => {
    await expect(network(running, refusal(403, "no", "forbidden"))).rejects.toThrow(
      "Creating Network: error while retrieving operation: googleapi: Error 403: no, forbidden",
    );
  });
});

describe("an operation of a fleet", () => {
  const begun = { name: `projects/${PROJECT}/locations/global/operations/o` };
  const membership = async (first: object, ...polls: Reply[]) => {
    await before({
      [`POST ${MEMBERSHIPS}`]: { json: first },
      [`GET ${HUB}/operations/o`]: polls,
      [`GET ${MEMBERSHIPS}/m`]: { json: { name: "m" } },
    });
    await standIn.create(MEMBERSHIP, "x", { membershipId: "m" });
    return standIn.taken().map(([call]) => call.replace(/^(\w+) .*\//, "$1 "));
  };

  test("without a name is done", async () => {
    expect(await membership({})).toHaveLength(2);
  });

  test("is asked for until it is done", async () => {
    const calls = await membership(begun, { json: begun }, { json: { ...begun, done: true } });
    expect(calls.slice(1, 3)).toEqual([POLL, POLL]);
  });

  test("fails as soon as it says so, with the number of its code", async () => {
    const error = { code: 3, message: "no such cluster" };
    await expect(membership(begun, { json: { ...begun, error } })).rejects.toThrow(
      "Error waiting to create Membership: Error waiting for Creating Membership: " +
        "Error code 3, message: no such cluster",
    );
  });
});
