import type { KubeClient } from "../../emulator/kube/client";
import { JSON_PATCH } from "../../emulator/kube/client";
import { KubeError } from "../../emulator/kube/errors";
import type { KubeObject, ObjectRef } from "../../emulator/kube/objects";
import type { Sandbox } from "../../stage/sandbox";
import { until } from "../../toolchain/until";

export const NAMESPACE = "inference";
export const APP = "vllm-llama3-8b-instruct";
const WAIT_SECONDS = 30;

/** What runs in every cluster, and a scenario removes. */
export type Part = "server" | "picker";

const DEPLOYMENTS: Record<Part, string> = { server: APP, picker: `${APP}-epp` };

/** In the config cluster. */
export const BACKEND_POLICY: ObjectRef = {
  apiVersion: "networking.gke.io/v1",
  kind: "GCPBackendPolicy",
  namespace: NAMESPACE,
  name: "cross-region-gateway",
};

/** Puts back what was changed. */
export type Undo = () => Promise<void>;

/** What an administrator, or an accident, does to the objects of a cluster. */
export class Hands {
  constructor(private readonly sandbox: Sandbox) {}

  /** Takes every pod of a part away at once, and lets no new one come. */
  async lose(cluster: string, part: Part): Promise<Undo> {
    const undo = await this.change(cluster, this.deployment(part), (deployment) => {
      const spec = deployment.spec as object;
      return { ...deployment, spec: { ...spec, replicas: 0 } };
    });
    await this.sandbox.asked(cluster, async (client) => {
      for (const pod of await podsOf(client, part)) await end(client, pod, 0);
    });
    return undo;
  }

  /**
   * Changes one object past its validation, as a client without any does.
   * @returns how to put it back, with the managers of its fields: otherwise the next `pulumi up` would meet a conflict
   */
  async change(
    cluster: string,
    ref: ObjectRef,
    change: (object: KubeObject) => KubeObject,
  ): Promise<Undo> {
    const before = await this.sandbox.asked(cluster, (client) => client.get(ref));
    await this.replace(cluster, ref, (now) => change(now));
    return async () => {
      await this.replace(cluster, ref, ({ metadata: { resourceVersion } }) => ({
        ...before,
        metadata: { ...before.metadata, resourceVersion },
      }));
      await this.giveBack(cluster, before);
    };
  }

  /** Deletes an object. @returns how to put it back */
  async remove(cluster: string, ref: ObjectRef): Promise<Undo> {
    const before = await this.sandbox.asked(cluster, (client) => client.get(ref));
    await this.sandbox.asked(cluster, (client) => client.delete(ref));
    const { name, namespace, labels, annotations } = before.metadata;
    const metadata = { name, namespace, labels, annotations };
    return async () => {
      await this.sandbox.asked(cluster, (client) => client.create({ ...before, metadata }));
      await this.giveBack(cluster, before);
    };
  }

  /** @returns what the API server says to an object that it refuses. @throws if it takes it */
  async refusal(cluster: string, object: KubeObject): Promise<string> {
    return this.sandbox.asked(cluster, async (client) => {
      const taken = await client.create(object, { fieldValidation: "Strict" }).then(
        () => undefined,
        (error: unknown) => {
          if (error instanceof KubeError) return error.message;
          throw error;
        },
      );
      if (taken === undefined) throw new Error(`${cluster} took ${object.metadata.name}`);
      return taken;
    });
  }

  /**
   * What Google Cloud does to a spot node: its pods get the notice, then it is gone.
   * @param noticeSeconds until their ends
   */
  async reclaimNode(cluster: string, noticeSeconds: number): Promise<void> {
    await this.sandbox.asked(cluster, async (client) => {
      const servers = await podsOf(client, "server");
      const name = servers.map(({ spec }) => (spec as { nodeName?: string }).nodeName)[0];
      if (name === undefined) throw new Error(`no model server of ${cluster} is on a node`);
      const node: ObjectRef = { apiVersion: "v1", kind: "Node", name };
      const cordon = [{ op: "add", path: "/spec/unschedulable", value: true }];
      await client.patch(node, cordon, JSON_PATCH);
      const pods = await client.list("v1", "Pod");
      const there = pods.filter(({ spec }) => (spec as { nodeName?: string }).nodeName === name);
      for (const pod of there) await end(client, pod, noticeSeconds);
      await until(`the end of the pods of ${name}`, noticeSeconds + WAIT_SECONDS, async () => {
        const left = await client.list("v1", "Pod", NAMESPACE);
        return left.every(({ metadata }) =>
          there.every((gone) => gone.metadata.uid !== metadata.uid),
        );
      });
      await client.delete(node);
    });
  }

  /** Addresses of the pods that run each part of a cluster and do not end. */
  async running(cluster: string): Promise<Record<Part, string[]>> {
    return this.sandbox.asked(cluster, async (client) => ({
      server: (await podsOf(client, "server")).map(addressOf),
      picker: (await podsOf(client, "picker")).map(addressOf),
    }));
  }

  deployment(part: Part): ObjectRef {
    const name = DEPLOYMENTS[part];
    return { apiVersion: "apps/v1", kind: "Deployment", namespace: NAMESPACE, name };
  }

  /** Makes the managers of an object's fields those of an earlier one. */
  private async giveBack(cluster: string, before: KubeObject): Promise<void> {
    const value = before.metadata.managedFields;
    const owners = [{ op: "replace", path: "/metadata/managedFields", value }];
    await this.sandbox.asked(cluster, (client) => client.patch(before, owners, JSON_PATCH));
  }

  /** Controllers write the same object: a conflict is tried again. */
  private async replace(
    cluster: string,
    ref: ObjectRef,
    change: (object: KubeObject) => KubeObject,
  ): Promise<void> {
    await until(`a write of ${ref.name} without a conflict`, WAIT_SECONDS, () =>
      this.sandbox.asked(cluster, async (client) => {
        const query = { fieldManager: "by-hand", fieldValidation: "Ignore" };
        return client.replace(change(await client.get(ref)), query).catch((error: unknown) => {
          if (error instanceof KubeError && error.code === 409) return undefined;
          throw error;
        });
      }),
    );
  }
}

async function podsOf(client: KubeClient, part: Part): Promise<KubeObject[]> {
  const pods = await client.list("v1", "Pod", NAMESPACE);
  const isPicker = ({ metadata }: KubeObject) => metadata.name.startsWith(`${DEPLOYMENTS.picker}-`);
  return pods.filter(
    (pod) =>
      pod.metadata.name.startsWith(`${APP}-`) &&
      isPicker(pod) === (part === "picker") &&
      !pod.metadata.deletionTimestamp,
  );
}

/** Empty while it has none. */
function addressOf({ status }: KubeObject): string {
  return (status as { podIP?: string } | undefined)?.podIP ?? "";
}

async function end(client: KubeClient, pod: KubeObject, gracePeriodSeconds: number): Promise<void> {
  const { name, namespace } = pod.metadata;
  await client
    .delete(
      { apiVersion: "v1", kind: "Pod", name, ...(namespace && { namespace }) },
      {
        gracePeriodSeconds,
      },
    )
    .catch((error: unknown) => {
      if (!(error instanceof KubeError && error.code === 404)) throw error;
    });
}
