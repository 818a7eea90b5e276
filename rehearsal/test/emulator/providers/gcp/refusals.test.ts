import type { PropertyMap } from "../../../../emulator/providers/plugin";
import { Resource } from "./support/standIn";
import { CLUSTER_NAME, PROJECT, REGION } from "../../cloud/support/testCloud";
import { refusal, Reply, Script, ScriptedStandIn } from "./support/script";

const NETWORK = "gcp:compute/network:Network";
const VPC = `projects/${PROJECT}/global/networks/vpc`;
const PATH = `/compute/beta/${VPC}`;
const POLL = `GET /compute/beta/projects/${PROJECT}/global/operations/o`;
const RECORDS = `projects/${PROJECT}/managedZones/z`;
const no = refusal(403, "no", "forbidden");
const NO = "googleapi: Error 403: no, forbidden";
const running = { json: { name: "o", status: "RUNNING" } };
const failed = { json: { name: "o", status: "DONE", error: { errors: [{ message: "no" }] } } };

let standIn: ScriptedStandIn;
afterEach(() => standIn.close());

async function before(script: Script): Promise<ScriptedStandIn> {
  standIn = new ScriptedStandIn(script);
  await standIn.configure();
  return standIn;
}

function resource(type: string, id: string, outputs: PropertyMap): Resource {
  return { type, name: "x", id, inputs: outputs, outputs };
}

const network = resource(NETWORK, VPC, { name: "vpc", routingMode: "GLOBAL", project: PROJECT });
const record = resource("gcp:dns/recordSet:RecordSet", `${RECORDS}/rrsets/a.b./A`, {
  ...{ name: "a.b.", managedZone: "z", type: "A", ttl: 30 },
  ...{ rrdatas: ["10.0.0.1"], project: PROJECT },
});

describe("a network", () => {
  const update = () => standIn.update(network, { name: "vpc", routingMode: "REGIONAL" });

  test.each<[string, Script, () => Promise<unknown>, string]>([
    [
      "that may not be read",
      { [`GET ${PATH}`]: no },
      () => standIn.refresh(network),
      `Error when reading or editing ComputeNetwork "${VPC}": ${NO}`,
    ],
    [
      "that may not be changed",
      { [`PATCH ${PATH}`]: no },
      update,
      `Error updating Network "${VPC}": ${NO}`,
    ],
    [
      "whose change fails",
      { [`PATCH ${PATH}`]: running, [POLL]: failed },
      update,
      "Error waiting for Updating Network: no\n",
    ],
    [
      "that may not be deleted",
      { [`DELETE ${PATH}`]: no },
      () => standIn.delete(network),
      `Error when reading or editing Network: ${NO}`,
    ],
    [
      "whose deletion fails",
      { [`DELETE ${PATH}`]: running, [POLL]: failed },
      () => standIn.delete(network),
      "Error waiting for Deleting Network: no\n",
    ],
    [
      "that is told to stay",
      {},
      () => standIn.delete({ ...network, outputs: { deletionPolicy: "PREVENT" } }),
      'cannot destroy ComputeNetwork without setting deletion_policy="DELETE" and running ' +
        "`terraform apply`",
    ],
  ])("%s", async (_case, script, task, message) => {
    await before(script);
    await expect(task()).rejects.toThrow(`1 error occurred:\n\t* ${message}\n\n`);
  });
});

describe("a record set", () => {
  const changes = `POST /dns/v1/${RECORDS}/changes`;
  const list = `GET /dns/v1/${RECORDS}/rrsets`;
  const begun = { json: { id: "1", status: "pending" } };

  test.each<[string, Script, () => Promise<unknown>, string]>([
    [
      "of a zone that may not be read",
      { [list]: no },
      () => standIn.create(record.type, "x", record.inputs),
      `Error retrieving record sets for "z": ${NO}`,
    ],
    [
      "that may not be made",
      { [list]: { json: {} }, [changes]: no },
      () => standIn.create(record.type, "x", record.inputs),
      `Error creating DNS RecordSet: ${NO}`,
    ],
    [
      "that may not be changed",
      { [changes]: no },
      () => standIn.update(record, { ...record.inputs, ttl: 60 }),
      `Error changing DNS RecordSet: ${NO}`,
    ],
    [
      "that may not be deleted",
      { [changes]: no },
      () => standIn.delete(record),
      `Error when reading or editing google_dns_record_set: ${NO}`,
    ],
    [
      "whose change cannot be waited for",
      { [changes]: begun, [`GET /dns/v1/${RECORDS}/changes/1`]: no },
      () => standIn.delete(record),
      `Error waiting for Google DNS change: ${NO}`,
    ],
  ])("%s", async (_case, script, task, message) => {
    await before(script);
    await expect(task()).rejects.toThrow(`1 error occurred:\n\t* ${message}\n\n`);
  });
});

describe("a grant", () => {
  const get = `POST /v1/projects/${PROJECT}:getIamPolicy`;
  const set = `POST /v1/projects/${PROJECT}:setIamPolicy`;
  const grant = { project: PROJECT, role: "roles/viewer", member: "user:a@b.c" };
  const member = resource("gcp:projects/iAMMember:IAMMember", "x", grant);
  const batched = (verb: string) =>
    `Request \`${verb} IAM Members roles/viewer user:a@b.c for project "${PROJECT}"\` returned error: `;

  test.each<[string, Script, () => Promise<unknown>, string]>([
    [
      "on what may not be read",
      { [get]: no },
      () => standIn.refresh(member),
      `Error when reading or editing Resource "project \\"${PROJECT}\\"" with IAM Member: Role ` +
        `"roles/viewer" Member "user:a@b.c": Error retrieving IAM policy for project "${PROJECT}": ${NO}`,
    ],
    [
      "on what may not be changed",
      { [get]: { json: { etag: "E" } }, [set]: no },
      () => standIn.create(member.type, "x", grant),
      `${batched("Create")}Error applying IAM policy for project "${PROJECT}": ` +
        `Error setting IAM policy for project "${PROJECT}": ${NO}`,
    ],
    [
      "that may not be taken back",
      { [get]: no },
      () => standIn.delete(member),
      `${batched("Delete")}Error retrieving IAM policy for project "${PROJECT}": ${NO}`,
    ],
  ])("%s", async (_case, script, task, message) => {
    await before(script);
    await expect(task()).rejects.toThrow(`1 error occurred:\n\t* ${message}\n\n`);
  });
});

describe("a cluster", () => {
  const path = `/v1beta1/${CLUSTER_NAME}`;
  const poll = `GET /v1beta1/projects/${PROJECT}/locations/${REGION}/operations/o`;
  const rest = { [`GET ${path}`]: { json: { name: "eu", status: "RUNNING" } } };
  const outputs = { name: "eu", location: REGION, enableShieldedNodes: true };
  const cluster = resource("gcp:container/cluster:Cluster", CLUSTER_NAME, outputs);
  const pool = resource("gcp:container/nodePool:NodePool", `${CLUSTER_NAME}/nodePools/gpu`, {
    ...{ name: "gpu", cluster: CLUSTER_NAME },
  });
  const ended = (more: object): Reply => ({ json: { name: "o", status: "DONE", ...more } });
  const update = () =>
    standIn.update(cluster, { ...{ name: "eu", location: REGION }, enableShieldedNodes: false });

  test("whose change is refused says so as it is", async () => {
    await before({ ...rest, [`PUT ${path}`]: no });
    await expect(update()).rejects.toThrow(`1 error occurred:\n\t* ${NO}\n\n`);
  });

  test("whose change fails says what was waited for", async () => {
    await before({ ...rest, [`PUT ${path}`]: running, [poll]: ended({ statusMessage: "no" }) });
    await expect(update()).rejects.toThrow("Error waiting for updating GKE shielded nodes: no");
  });

  test("fails by the message of its operation's status alone", async () => {
    const error = { code: 3, message: "no" };
    await before({ ...rest, [`DELETE ${path}`]: running, [poll]: ended({ error }) });
    await standIn.delete(cluster);
    expect(standIn.taken()).toHaveLength(3);
  });

  test("is waited for until nothing is done to it", async () => {
    const busy = { json: { name: "eu", status: "RECONCILING" } };
    await before({
      [`GET ${path}`]: [busy, busy, { json: { name: "eu", status: "DEGRADED" } }],
      [`DELETE ${path}`]: ended({}),
    });
    await standIn.delete(cluster);
    expect(standIn.taken().map(([call]) => call.split(" ")[0])).toEqual([
      ...["GET", "GET", "GET", "DELETE"],
    ]);
  });

  test("of which a pool may not be deleted or listed", async () => {
    const own = `/v1beta1/${pool.id}`;
    await before({ [`GET ${own}`]: { json: { status: "ERROR" } }, [`DELETE ${own}`]: no });
    await expect(standIn.delete(pool)).rejects.toThrow(`Error deleting NodePool: ${NO}`);
    await standIn.close();
    await before({ [`GET ${path}/nodePools`]: no });
    await expect(standIn.refresh(pool)).rejects.toThrow(
      `Error when reading or editing NodePools from cluster "eu": ${NO}`,
    );
  });
});
