import { changeCluster, deleteClusters, makeClusters } from "./container/cluster";
import { changeNodePool, deleteNodePool, makeNodePools } from "./container/nodePool";
import { report } from "./support/client";

report(async () => {
  const cluster = { ...(await makeClusters()), ...(await changeCluster()) };
  const nodePool = {
    ...(await makeNodePools()),
    ...(await changeNodePool()),
    ...(await deleteNodePool()),
  };
  return { nodePool, cluster: { ...cluster, ...(await deleteClusters()) } };
});
