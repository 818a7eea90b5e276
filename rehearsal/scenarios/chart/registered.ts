import * as pulumi from "@pulumi/pulumi";

import type { ReleaseArgs } from "../../../components/inferencePoolChart/release";
import { InferenceObjectives } from "../../../components/inferenceObjectives";
import { InferencePoolChart } from "../../../components/inferencePoolChart";
import type { KubeObject } from "../../emulator/kube/objects";

export interface RegisteredChart {
  /** Objects of each release, in the order given. */
  releases: KubeObject[][];
  /** The kind InferenceObjective. */
  kind: KubeObject;
}

/** What the program's own components register, without an engine. A process can ask once: the SDK runs one program. */
export async function registeredObjects(releases: ReleaseArgs[]): Promise<RegisteredChart> {
  const registered: { name: string; object: KubeObject }[] = [];
  const newResource = ({ type, name, inputs }: pulumi.runtime.MockResourceArgs) => {
    if (type.startsWith("kubernetes:")) registered.push({ name, object: inputs as KubeObject });
    return { id: name, state: inputs as object };
  };
  await pulumi.runtime.setMocks({ call: () => ({}), newResource });
  await pulumi.runtime.runInPulumiStack(() => Promise.resolve(register(releases)));
  // Registrations go their own way; this waits for the last of them.
  await pulumi.runtime.disconnect();
  const of = (component: string) =>
    registered.filter(({ name }) => name.startsWith(`${component}-`)).map(({ object }) => object);
  const [kind] = of("objectives");
  if (!kind) throw new Error("InferenceObjectives registers no kind");
  return { releases: releases.map((_, i) => of(`release-${i}`)), kind };
}

function register(releases: ReleaseArgs[]): void {
  for (const [i, { name: releaseName, ...args }] of releases.entries()) {
    new InferencePoolChart(`release-${i}`, { releaseName, ...args });
  }
  new InferenceObjectives("objectives", { namespace: "n", poolName: "p", objectives: [] });
}
