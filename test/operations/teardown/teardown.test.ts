import type { Outcome } from "../../../operations/support/engine";
import { tearDown } from "../../../operations/teardown/teardown";
import { done, endOf, FakeDesk, FakeEngine, refused, resource, urn } from "../support/fakes";

const OPTIONS = { project: "inference-gateway", retrySeconds: 60, limitMinutes: 30, remove: false };
const EMPTY = { resources: [], pending: [] };
const AGAIN = "To continue:\n  make teardown STACK=dev";
const WAITING =
  "Google refuses to delete the feature for some minutes after the Gateway is deleted; next try in 60 s, at most until 10:30";
const END = [
  'Nothing is left of stack "dev" but the APIs, which stay enabled.',
  "Its record stays; REMOVE=1, or `pulumi stack rm dev`, removes it.",
];

function run(engine: FakeEngine, desk = new FakeDesk(), options = OPTIONS) {
  return endOf(tearDown(engine, options, desk));
}

test("a refused feature is tried again until it goes", async () => {
  const engine = new FakeEngine([refused, refused, done]);
  const desk = new FakeDesk();
  expect(await run(engine, desk)).toBe("done");
  expect(engine.asked).toEqual(["destroy", "destroy", "destroy"]);
  expect(desk.waits).toEqual([60_000, 60_000]);
  expect(desk.confirmed).toEqual(["dev"]);
  expect(desk.printed).toEqual([WAITING, WAITING, ...END]);
});

test("it gives up at the limit, with a last try at its end", async () => {
  const desk = new FakeDesk();
  const engine = new FakeEngine([refused, refused, refused]);
  const error = await run(engine, desk, { ...OPTIONS, limitMinutes: 1.5 });
  expect(desk.waits).toEqual([60_000, 30_000]);
  expect(error).toEqual(
    "Failed: " +
      [
        "Google still refuses to delete the feature after 1.5 minutes.",
        "Another Gateway of a multi-cluster class, in any cluster of the fleet, may still use it:",
        "  kubectl get gateways --all-namespaces",
        AGAIN,
      ].join("\n"),
  );
});

const MCSD = "gke-gke-east-1a2b3c4d-mcsd";
const LEFTOVER: Outcome = {
  kind: "failed",
  errors: [],
  failures: [
    {
      operation: "delete",
      type: "gcp:compute/network:Network",
      urn: urn("gcp:compute/network:Network", "network-vpc"),
      messages: [
        "Error waiting for Deleting Network: The network resource 'projects/demo/global/networks/vpc' is already being " +
          `used by 'projects/demo/global/firewalls/${MCSD}'`,
      ],
    },
  ],
};

test("what GKE has not collected yet is waited for", async () => {
  const engine = new FakeEngine([refused, LEFTOVER, done]);
  const desk = new FakeDesk();
  expect(await run(engine, desk)).toBe("done");
  expect(desk.waits).toEqual([60_000, 60_000]);
  expect(desk.printed).toEqual([
    WAITING,
    `GKE has not collected firewall rule ${MCSD} yet, which keeps network-vpc; next try in 60 s, at most until 10:31`,
    ...END,
  ]);
});

test("each thing that is refused has the whole time of its own", async () => {
  const engine = new FakeEngine([refused, LEFTOVER, LEFTOVER, LEFTOVER]);
  const desk = new FakeDesk();
  expect(await run(engine, desk, { ...OPTIONS, limitMinutes: 1.5 })).toMatch(
    `GKE made firewall rule ${MCSD} and has not collected it in 1.5 minutes`,
  );
  expect(desk.waits).toEqual([60_000, 60_000, 30_000]);
});

test("things that are refused in turn do not keep it waiting for ever", async () => {
  const engine = new FakeEngine([refused, LEFTOVER, refused, LEFTOVER]);
  const desk = new FakeDesk();
  expect(await run(engine, desk, { ...OPTIONS, limitMinutes: 2 })).toMatch(/^Failed: Google still/);
  expect(desk.waits).toEqual([60_000, 60_000]);
});

test("what GKE does not collect at all is named at the limit, with the command that removes it", async () => {
  const engine = new FakeEngine([LEFTOVER, LEFTOVER]);
  expect(await run(engine, new FakeDesk(), { ...OPTIONS, limitMinutes: 1 })).toEqual(
    "Failed: " +
      [
        `GKE made firewall rule ${MCSD} and has not collected it in 1 minutes, so it keeps network-vpc; ` +
          "an account with roles/compute.securityAdmin can delete it:",
        `  gcloud compute firewall-rules delete ${MCSD} --project demo`,
        "Google names one at a time; there may be more:",
        "  gcloud compute firewall-rules list --project demo",
        AGAIN,
      ].join("\n"),
  );
});

test("clusters that do not answer are summed up, and it is not told to do the same again", async () => {
  const objects = ["gke-east-pool", "gke-east"].map((name) => ({
    operation: "delete",
    type: "kubernetes:core/v1:Namespace",
    urn: urn("kubernetes:core/v1:Namespace", name),
    messages: ["configured Kubernetes cluster is unreachable: connect ECONNREFUSED"],
  }));
  const outcome: Outcome = { kind: "failed", failures: objects, errors: [] };
  expect(await run(new FakeEngine([outcome]))).toEqual(
    "Failed: " +
      [
        "2 objects could not be deleted, because their cluster does not answer: gke-east, gke-east-pool.",
        "If the cluster exists, repair the connection to it (network, credentials), then run:",
        "  make teardown STACK=dev",
        "If the cluster was deleted, its objects are gone; have Pulumi forget them:",
        "  PULUMI_K8S_DELETE_UNREACHABLE=true make teardown STACK=dev",
      ].join("\n"),
  );
  const mixed = new FakeEngine([{ ...outcome, failures: [...objects, ...failuresOf(refused)] }]);
  expect(await run(mixed)).toMatch(
    /^Failed: gateway-multiclusteringress \(gcp:gkehub\/feature:Feature\), delete: [^]*\n2 objects could/,
  );
});

function failuresOf(outcome: Outcome) {
  return outcome.kind === "failed" ? outcome.failures : [];
}

test("any other error ends it at once with the engine's words", async () => {
  const failure = {
    operation: "delete",
    type: "gcp:compute/network:Network",
    urn: urn("gcp:compute/network:Network", "network"),
    messages: ["The network resource is already being used by 'x'"],
  };
  const outcome: Outcome = { kind: "failed", failures: [failure], errors: ["no space left"] };
  const desk = new FakeDesk();
  expect(await run(new FakeEngine([refused, outcome]), desk)).toEqual(
    "Failed: " +
      [
        "network (gcp:compute/network:Network), delete: The network resource is already being used by 'x'",
        "no space left",
        AGAIN,
      ].join("\n"),
  );
  expect(desk.waits).toEqual([60_000]);
});

test.each([
  ["while the engine deletes", new FakeEngine([{ kind: "interrupted" }]), new FakeDesk()],
  ["between two tries", new FakeEngine([refused]), new FakeDesk(1)],
])("interrupted %s, it says how to go on", async (_, engine, desk) => {
  expect(await run(engine, desk)).toEqual(
    `Interrupted: Interrupted; deleted resources stay deleted.\n${AGAIN}`,
  );
  expect(engine.asked).toEqual(["destroy"]);
});

test("a lock is the user's to release", async () => {
  const said = "the stack is currently locked by 1 lock(s): created by me@here (pid 7)";
  expect(await run(new FakeEngine([{ kind: "locked", said }]))).toEqual(
    "Refused: " +
      [
        'Another command holds stack "dev", or one that was killed left its lock:',
        said,
        "If that command no longer runs, release the lock:",
        "  pulumi cancel dev",
        AGAIN,
      ].join("\n"),
  );
});

test("what a killed teardown had begun to delete is deleted again", async () => {
  const pending = [{ type: "deleting", urn: urn("a:b:C", "c") }];
  const engine = new FakeEngine([done], { resources: [resource("a:b:C", "c")], pending });
  expect(await run(engine)).toBe("done");
  expect(engine.asked).toEqual(["destroy"]);
});

test("what a killed `up` had begun to create would be left behind: it is refused before anything goes", async () => {
  const cluster = urn("gcp:container/cluster:Cluster", "gke-east");
  const pending = [{ type: "creating", urn: cluster }];
  const engine = new FakeEngine([], { resources: [resource("a:b:C", "c")], pending });
  expect(await run(engine)).toEqual(
    "Refused: " +
      [
        'A killed command had begun to create these resources of stack "dev", so nothing was deleted:',
        `  gke-east (${cluster})`,
        "Pulumi does not know whether they exist, and would leave them behind. Look for them in Google Cloud, then run:",
        "  pulumi refresh --stack dev",
        "It asks about each: enter the id if it exists, `clear` if it does not. Then run again:",
        "  make teardown STACK=dev",
      ].join("\n"),
  );
  expect(engine.asked).toEqual([]);
});

test("a protected stack is refused before anything goes, with the two steps in their order", async () => {
  const type = "gcp:container/cluster:Cluster";
  const outputs = { deletionProtection: true };
  const engine = new FakeEngine([], {
    resources: [
      resource(type, "gke-west", { protect: true, outputs }),
      resource(type, "gke-east", { protect: false, outputs }),
      resource("a:b:C", "kept", { protect: true }),
      resource("a:b:C", "free", { outputs: { deletionProtection: false } }),
    ],
    pending: [],
  });
  const desk = new FakeDesk();
  expect(await run(engine, desk)).toEqual(
    "Refused: " +
      [
        'Stack "dev" is protected, so nothing was deleted. Protected are:',
        "  gke-west (gcp:container/cluster:Cluster): Pulumi's protect and Google Cloud's deletionProtection",
        "  gke-east (gcp:container/cluster:Cluster): Google Cloud's deletionProtection",
        "  kept (a:b:C): Pulumi's protect",
        "Two steps remove the protection, in this order:",
        "  pulumi config set inference-gateway:deletionProtection false --stack dev",
        "  pulumi up --stack dev",
        "The second removes it from Pulumi's state and turns the flag off in Google Cloud. Then run again:",
        "  make teardown STACK=dev",
      ].join("\n"),
  );
  expect([engine.asked, desk.confirmed]).toEqual([[], []]);
});

test("unconfirmed, nothing goes", async () => {
  const engine = new FakeEngine([]);
  expect(await run(engine, new FakeDesk(0, false))).toEqual("Refused: no");
  expect(engine.asked).toEqual([]);
});

test("a stack that is down already is told so, and nobody is asked", async () => {
  const engine = new FakeEngine([], EMPTY);
  const desk = new FakeDesk();
  expect(await run(engine, desk)).toBe("done");
  expect([engine.asked, desk.confirmed, desk.printed]).toEqual([[], [], END]);
});

test("on request the record goes too", async () => {
  const engine = new FakeEngine([], EMPTY);
  const desk = new FakeDesk();
  expect(await run(engine, desk, { ...OPTIONS, remove: true })).toBe("done");
  expect(engine.asked).toEqual(["remove"]);
  expect(desk.printed.at(-1)).toBe("Its record is removed; Pulumi.dev.yaml stays.");
});

test("an engine that is done, with resources left, is not believed", async () => {
  const engine = new FakeEngine([done]);
  const state = { resources: [resource("a:b:C", "c")], pending: [] };
  engine.state = () => Promise.resolve(state);
  expect(await run(engine)).toEqual(
    'Failed: Pulumi reports success, but its state still has resources of "dev".',
  );
});
