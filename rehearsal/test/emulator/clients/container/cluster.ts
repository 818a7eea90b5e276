import { PROJECT, refused, REGION } from "../support/client";
import { done, eu, manager, parent } from "./manager";

const version = "1.34.12-gke.1011000";

export async function makeClusters(): Promise<object> {
  const create = (cluster: object) =>
    manager.createCluster({
      parent,
      cluster: {
        network: `projects/${PROJECT}/global/networks/vpc`,
        subnetwork: `projects/${PROJECT}/regions/${REGION}/subnetworks/nodes`,
        initialNodeCount: 1,
        releaseChannel: { channel: "RAPID" },
        initialClusterVersion: version,
        workloadIdentityConfig: { workloadPool: `${PROJECT}.svc.id.goog` },
        ...cluster,
      },
    });
  const created = await done(
    create({
      name: "eu",
      ipAllocationPolicy: {
        useIpAliases: true,
        clusterSecondaryRangeName: "pods",
        servicesSecondaryRangeName: "services",
      },
      networkConfig: { gatewayApiConfig: { channel: "CHANNEL_STANDARD" } },
      podAutoscaling: { hpaProfile: "PERFORMANCE" },
    }),
  );
  await done(create({ name: "other" }));
  const [read] = await manager.getCluster({ name: eu });
  const [{ clusters }] = await manager.listClusters({ parent });
  const [{ validMasterVersions }] = await manager.getServerConfig({ name: parent });
  return {
    ...{ created, read, isOffered: validMasterVersions?.includes(version) },
    listed: clusters?.map(({ name }) => name),
    there: await refused(create({ name: "eu" })),
    misnamed: await refused(create({ name: "Eu" })),
    lost: await refused(create({ name: "lost", network: "nowhere" })),
  };
}

export async function changeCluster(): Promise<object> {
  const [before] = await manager.getCluster({ name: eu });
  const update = (change: object) => manager.updateCluster({ name: eu, update: change });
  const updated = await done(
    update({ etag: before.etag, desiredGatewayApiConfig: { channel: "CHANNEL_DISABLED" } }),
  );
  const conflict = await refused(
    update({ etag: before.etag, desiredGatewayApiConfig: { channel: "CHANNEL_STANDARD" } }),
  );
  const setLabels = () =>
    manager.setLabels({
      name: eu,
      resourceLabels: { team: "a" },
      labelFingerprint: before.labelFingerprint,
    });
  const labelled = await done(setLabels());
  const [changed] = await manager.getCluster({ name: eu });
  return {
    ...{ updated, conflict, labelled, changed },
    labelConflict: await refused(setLabels()),
    nothing: await refused(update({})),
  };
}

export async function deleteClusters(): Promise<object> {
  const deleted = await done(manager.deleteCluster({ name: eu }));
  await done(manager.deleteCluster({ name: `${parent}/clusters/other` }));
  const [{ operations }] = await manager.listOperations({ parent });
  return {
    ...{ deleted, after: await refused(manager.getCluster({ name: eu })) },
    operations: operations?.map(({ operationType, status }) => `${operationType} ${status}`),
  };
}
