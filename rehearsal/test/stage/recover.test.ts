import type { Deployment, Engine, StateResource } from "../../stage/engine";
import { idOfCreation } from "../../stage/pendingCreates";
import { recover } from "../../stage/recover";

const PROJECT = "my-project-dev";

function resource(type: string, inputs: Record<string, unknown>): StateResource {
  return { urn: `urn:pulumi:dev::inference-gateway::${type}::x`, type, inputs };
}

/** An engine that only knows a state, and notes what is done with it. */
function engineWith(deployment: Deployment["deployment"]) {
  const done: string[] = [];
  let state: Deployment = { version: 3, deployment };
  const engine = {
    cancel: async () => void done.push("cancel"),
    export: async () => state,
    import: async (imported: Deployment) => {
      done.push("import");
      state = imported;
    },
    refresh: async () => void done.push("refresh"),
  };
  return { engine: engine as unknown as Engine, done, state: () => state.deployment };
}

describe("recovering a stack whose last command was killed", () => {
  test.each([
    [
      "gcp:compute/network:Network",
      { project: PROJECT, name: "n" },
      `projects/${PROJECT}/global/networks/n`,
    ],
    [
      "gcp:compute/subnetwork:Subnetwork",
      { project: PROJECT, region: "us-east4", name: "s" },
      `projects/${PROJECT}/regions/us-east4/subnetworks/s`,
    ],
    [
      "gcp:compute/routerNat:RouterNat",
      { project: PROJECT, region: "us-east4", router: "r", name: "n" },
      `${PROJECT}/us-east4/r/n`,
    ],
    [
      "gcp:container/nodePool:NodePool",
      { cluster: `projects/${PROJECT}/locations/us-east4/clusters/c`, name: "gpu-1" },
      `projects/${PROJECT}/locations/us-east4/clusters/c/nodePools/gpu-1`,
    ],
    [
      "kubernetes:apps/v1:Deployment",
      { metadata: { name: "d", namespace: "inference" } },
      "inference/d",
    ],
    ["kubernetes:core/v1:Namespace", { metadata: { name: "inference" } }, "inference"],
    [
      "gcp:projects/service:Service",
      { project: PROJECT, service: "compute.googleapis.com" },
      undefined,
    ],
    ["random:index/randomId:RandomId", { byteLength: 3 }, undefined],
  ])("a %s under way is looked up by its id", (type, inputs, id) => {
    expect(idOfCreation(resource(type, inputs))).toBe(id);
  });

  test("creations under way are put into the state and refreshed; what can be made again is forgotten", async () => {
    const kept = { ...resource("gcp:compute/network:Network", { name: "kept" }), id: "kept-id" };
    const network = {
      ...resource("gcp:compute/network:Network", { project: PROJECT, name: "n" }),
      urn: "urn:n",
    };
    const api = resource("gcp:projects/service:Service", {});
    const { engine, done, state } = engineWith({
      resources: [kept],
      pending_operations: [
        { resource: network, type: "creating" },
        { resource: api, type: "creating" },
        { resource: kept, type: "updating" },
      ],
    });

    expect(await recover(engine)).toBe(
      "3 operations were under way, 1 of them creations to look up",
    );
    expect(done).toEqual(["cancel", "import", "refresh"]);
    expect(state()).toEqual({
      resources: [
        kept,
        { ...network, id: `projects/${PROJECT}/global/networks/n`, outputs: network.inputs },
      ],
      pending_operations: [],
    });
  });

  test("where nothing was under way, what an interrupted deletion took is looked up all the same", async () => {
    const kept = { ...resource("gcp:compute/network:Network", {}), id: "kept-id" };
    const { engine, done, state } = engineWith({ resources: [kept] });
    expect(await recover(engine)).toBe("nothing was under way");
    expect(done).toEqual(["cancel", "refresh"]);
    expect(state()).toEqual({ resources: [kept] });
  });

  test("an empty stack has nothing to look up", async () => {
    const { engine, done } = engineWith({});
    await recover(engine);
    expect(done).toEqual(["cancel"]);
  });
});
