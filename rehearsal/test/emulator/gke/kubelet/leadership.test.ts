import { standsBy } from "../../../../emulator/gke/kubelet/leadership";
import { Container, Pod } from "../../../../emulator/gke/world/kinds";
import { object } from "../support/world";

function picker(name: string, options: { ready?: boolean; phase?: string; args?: string[] } = {}) {
  const { ready = false, phase = "Running" } = options;
  const args = options.args ?? ["--pool-name", "llm", "--ha-enable-leader-election"];
  const container: Container = { name: "epp", image: "epp", args };
  const conditions = [{ type: "Ready", status: ready ? "True" : "False" }];
  const pod = object("Pod", `inference/${name}`, {
    spec: { containers: [container] },
    status: { phase, conditions },
  }) as Pod;
  return { pod: { ...pod, metadata: { ...pod.metadata, uid: name } }, container };
}

function standing(name: string, among: ReturnType<typeof picker>[]): boolean {
  const self = among.find(({ pod }) => pod.metadata.name === name);
  if (!self) throw new Error(`no picker ${name}`);
  const pods = among.map(({ pod }) => pod);
  return standsBy(self.pod, self.container, pods);
}

describe("endpoint pickers that elect a leader", () => {
  test("the oldest leads while none is ready", () => {
    const both = [picker("a"), picker("b")];
    expect([standing("a", both), standing("b", both)]).toEqual([false, true]);
  });

  test("who is ready goes on leading", () => {
    expect(standing("a", [picker("a"), picker("b", { ready: true })])).toBe(true);
  });

  test("one that is no longer there is no rival", () => {
    expect(standing("b", [picker("a", { phase: "Failed" }), picker("b")])).toBe(false);
  });

  test("the pickers of another pool are no rivals", () => {
    const args = ["--pool-name", "other", "--ha-enable-leader-election"];
    expect(standing("b", [picker("a", { args }), picker("b")])).toBe(false);
  });

  test("without an election all get ready", () => {
    const args = ["--pool-name", "llm"];
    expect(standing("b", [picker("a", { args }), picker("b", { args })])).toBe(false);
  });
});
