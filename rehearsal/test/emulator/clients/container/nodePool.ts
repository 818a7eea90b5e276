import { refused } from "../support/client";
import { done, eu, manager } from "./manager";

const gpus = `${eu}/nodePools/gpus`;

export async function makeNodePools(): Promise<object> {
  const create = (name: string, config: object = {}) =>
    manager.createNodePool({
      parent: eu,
      nodePool: { name, initialNodeCount: 1, config: { machineType: "e2-standard-8", ...config } },
    });
  const created = await done(create("gpus", { labels: { app: "model" }, spot: true }));
  const [read] = await manager.getNodePool({ name: gpus });
  const [{ nodePools }] = await manager.listNodePools({ parent: eu });
  return {
    ...{ created, read },
    listed: nodePools?.map(({ name }) => name),
    there: await refused(create("gpus")),
    unknown: await refused(create("unknown", { machineType: "a3-ultragpu-8g" })),
  };
}

export async function changeNodePool(): Promise<object> {
  const [before] = await manager.getNodePool({ name: gpus });
  const scaled = await done(
    manager.setNodePoolAutoscaling({
      name: gpus,
      autoscaling: { enabled: true, minNodeCount: 1, maxNodeCount: 3 },
    }),
  );
  const [autoscaled] = await manager.getNodePool({ name: gpus });
  const conflict = await refused(
    manager.updateNodePool({ name: gpus, etag: before.etag, tags: { tags: ["late"] } }),
  );
  await done(
    manager.updateNodePool({ name: gpus, etag: autoscaled.etag, tags: { tags: ["model"] } }),
  );
  await done(
    manager.setNodePoolManagement({
      name: gpus,
      management: { autoRepair: true, autoUpgrade: true },
    }),
  );
  const [changed] = await manager.getNodePool({ name: gpus });
  await done(manager.setNodePoolAutoscaling({ name: gpus, autoscaling: { enabled: false } }));
  const sized = await done(manager.setNodePoolSize({ name: gpus, nodeCount: 2 }));
  const [{ currentNodeCount }] = await manager.getCluster({ name: eu });
  return { scaled, conflict, changed, sized, currentNodeCount };
}

export async function deleteNodePool(): Promise<object> {
  const deleted = await done(manager.deleteNodePool({ name: gpus }));
  return { deleted, after: await refused(manager.getNodePool({ name: gpus })) };
}
