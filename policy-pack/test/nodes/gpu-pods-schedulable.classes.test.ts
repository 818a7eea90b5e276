import { UNKNOWN } from "../support/unknown";
import { computeClass } from "../fixtures/gpu";
import {
  CLASS,
  findings,
  fleet,
  gpuPool,
  gpuTaint,
  selecting,
  system,
} from "../fixtures/gpuPodsSchedulable";
import { pending } from "../fixtures/messages";
import { changed } from "../fixtures/stack";
import type { Registered } from "../support/policies";

const classTaint = { key: CLASS, value: "model-server", effect: "NO_SCHEDULE" };
const classed = { labels: { [CLASS]: "model-server" }, taints: [gpuTaint, classTaint] };
const first = gpuPool({ ...classed, spot: true }, {}, "first");
const second = gpuPool(classed, {}, "second");
const twoPools = computeClass("class", "eu", [{ nodepools: ["first"] }, { nodepools: ["second"] }]);
const inClass = selecting({ [CLASS]: "model-server" });
const good = [system, first, second, twoPools, inClass];
const spec = (resource: Registered, path: string, value?: unknown) =>
  changed(resource, `spec.${path}`, value);

describe.each([false, true])("(first preview: %s)", (firstPreview) => {
  test.each<[string, readonly Registered[]]>([
    ["a class", good],
    [
      "a class that makes node pools",
      [
        system,
        spec(computeClass("class", "eu", []), "nodePoolAutoCreation", { enabled: true }),
        inClass,
      ],
    ],
    [
      "a class that names machines",
      [system, computeClass("class", "eu", [{ machineFamily: "g2" }]), inClass],
    ],
    [
      "a class that lets pods go anywhere",
      [
        system,
        spec(computeClass("class", "eu", []), "whenUnsatisfiable", "ScaleUpAnyway"),
        inClass,
      ],
    ],
    [
      "a class of GKE's",
      [gpuPool({ labels: { [CLASS]: "Accelerator" } }), selecting({ [CLASS]: "Accelerator" })],
    ],
    [
      "a class whose name is not known yet",
      [first, changed(twoPools, "metadata.name", UNKNOWN), inClass],
    ],
  ])("passes %s", async (_, resources) => {
    expect(await findings([...fleet, ...resources], { firstPreview })).toEqual([]);
  });

  test.each<[string, readonly Registered[], string]>([
    [
      "a class that is not there",
      [first, second, twoPools, selecting({ [CLASS]: "model-servr" })],
      `spec.template.spec.nodeSelector["${CLASS}"]: no ComputeClass "model-servr" is in cluster eu, ` +
        'so no node takes the pods; did you mean "model-server"?',
    ],
    [
      "no class at all",
      [first, inClass],
      `spec.template.spec.nodeSelector["${CLASS}"]: no ComputeClass "model-server" is in cluster ` +
        "eu, so no node takes the pods; create it there",
    ],
  ])("fails %s", async (_, resources, message) => {
    expect(await findings([...fleet, ...resources], { firstPreview })).toEqual([
      ["mandatory", "server", message],
    ]);
  });

  test.each<[string, string, Registered, string]>([
    [
      "without priorities",
      "class",
      computeClass("class", "eu", []),
      "spec.priorities: name no node pools, so the class has no nodes; name the node pools of its " +
        "cluster that have its label",
    ],
    [
      "with a misspelt pool",
      "class",
      computeClass("class", "eu", [{ nodepools: ["frist"] }, { nodepools: ["first", "second"] }]),
      'spec.priorities[0].nodepools[0]: cluster eu has no node pool "frist"; did you mean "first"?',
    ],
    [
      "with a pool that has another label",
      "first",
      gpuPool({ ...classed, labels: { [CLASS]: "other" } }, {}, "first"),
      `nodeConfig.labels["${CLASS}"]: "other", so ComputeClass "model-server" does not find the ` +
        'nodes of this pool; set it to "model-server"',
    ],
    [
      "with a pool without its taint",
      "first",
      gpuPool({ ...classed, taints: [gpuTaint] }, {}, "first"),
      `nodeConfig.taints: lack ${CLASS}=model-server, so pods that are not for ComputeClass ` +
        '"model-server" take its nodes; add that taint, with effect NO_SCHEDULE',
    ],
    [
      "that leaves out a pool",
      "second",
      computeClass("class", "eu", [{ nodepools: ["first"] }]),
      `nodeConfig.labels["${CLASS}"]: no priority of ComputeClass "model-server" names this pool, ` +
        "so its pods never get a node of it; name the pool there, or remove the label",
    ],
    [
      "with a pool that takes none of its pods",
      "second",
      gpuPool({ ...classed, guestAccelerators: [] }, {}, "second"),
      'nodeConfig: no pod for ComputeClass "model-server" fits: second has no guestAccelerators, so ' +
        "its nodes offer no GPU; use nodes with as many, or ask for fewer",
    ],
  ])("fails a class %s", async (_, about, resource, message) => {
    const resources = good.map((each) => (each.name === resource.name ? resource : each));
    expect(await findings([...fleet, ...resources], { firstPreview })).toEqual([
      ["mandatory", about, message],
    ]);
  });

  test("takes a pool whose name is not known yet for the one it comes from", async () => {
    const open = (name: string, nodeConfig: object) => gpuPool(nodeConfig, { name: null }, name);
    const nodepools = [UNKNOWN];
    const spec = ["gcp:container/nodePool:NodePool::first"];
    const unresolved = computeClass("class", "eu", [{ nodepools }]);
    const known = { ...unresolved, propertyDependencies: { spec } };
    const pools = [...fleet, system, open("first", classed)];
    expect(await findings([...pools, known, inClass], { firstPreview })).toEqual([]);
    expect(await findings([...pools, unresolved, inClass], { firstPreview })).toEqual([
      ["advisory", "class", pending("spec.priorities[0].nodepools[0]")],
    ]);
    const [label] = await findings(
      [...fleet, open("first", { ...classed, labels: {} }), known, inClass],
      {
        firstPreview,
      },
    );
    expect(label?.[1]).toBe("first");
  });
});
