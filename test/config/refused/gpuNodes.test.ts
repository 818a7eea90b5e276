import { type Case, linesOf, refusing } from "./support/refused";

describe("the configuration of nodes with GPUs", () => {
  test.each<Case>([
    [
      "a disk on which not every GPU's model server finds room",
      { accelerator: { machineType: "g2-standard-48", diskGb: 400, maxNodes: 1 } },
      "accelerator.diskGb: got 400; allowed: at least 410: the model servers of g2-standard-48, one for each GPU, write up to 4 x 65 = 260 GiB, and GKE leaves them 254 of 400",
    ],
    [
      "a disk on which nothing finds room",
      { fallbacks: [{ machineType: "g2-standard-8", diskGb: 10 }] },
      "fallbacks[0].diskGb: got 10; allowed: at least 140: the model servers of g2-standard-8, one for each GPU, write up to 1 x 65 = 65 GiB, and GKE leaves them 0 of 10",
    ],
    [
      "more nodes than a cluster has addresses for",
      { accelerator: { machineType: "g2-standard-8", maxNodes: 123 } },
      "accelerator.maxNodes: got 123; allowed: at most 122: a cluster has addresses for the pods of 128 nodes, and its other pools have up to 6",
    ],
    [
      "more nodes in all pools than a cluster has addresses for",
      { fallbacks: [{ machineType: "g2-standard-8", maxNodes: 121 }] },
      "fallbacks[0].maxNodes: got 121; allowed: at most 120: a cluster has addresses for the pods of 128 nodes, and its other pools have up to 8",
    ],
    [
      "more nodes in many pools than a cluster has addresses for",
      {
        fallbacks: [50, 60, 60].map((maxNodes) => ({ machineType: "g2-standard-8", maxNodes })),
        accelerator: { machineType: "g2-standard-8", maxNodes: 60 },
      },
      "accelerator.maxNodes: got 60; allowed: fewer here and in other pools: a cluster has addresses for the pods of 128 nodes, and its other pools have up to 176",
    ],
    [
      "more nodes in one pool than any cluster has",
      { accelerator: { machineType: "g2-standard-8", minNodes: 129, maxNodes: 1000 } },
      [
        "accelerator.minNodes: got 129; allowed: at most 128",
        "accelerator.maxNodes: got 1000; allowed: at most 128",
      ],
    ],
    [
      "a reservation without its name",
      { accelerator: { machineType: "g2-standard-8", provisioning: "reservation", maxNodes: 2 } },
      "accelerator.reservation: got nothing; allowed: the name of a reservation",
    ],
    [
      "a reservation for nodes that are bought otherwise",
      { accelerator: { machineType: "g2-standard-8", reservation: "mine", maxNodes: 2 } },
      'accelerator.reservation: got "mine"; allowed: nothing, or `provisioning: reservation` beside it',
    ],
    [
      "more nodes at least than at most",
      { accelerator: { machineType: "g2-standard-8", minNodes: 3, maxNodes: 2 } },
      "accelerator.minNodes: got 3; allowed: at most maxNodes, 2",
    ],
    [
      "flex-start nodes that always run",
      { accelerator: { machineType: "g2-standard-8", provisioning: "flex-start", maxNodes: 2 } },
      "accelerator.minNodes: got 1; allowed: 0: flex-start nodes come when a pod needs them",
    ],
  ])("refuses %s", (_, config, problems) => {
    expect(linesOf(config)).toEqual(refusing(problems));
  });
});
