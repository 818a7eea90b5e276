import { KubeObject } from "../../../kube/objects";
import { podErrors } from "./podErrors";
import {
  conditionOf,
  countOf,
  isConditionTrue,
  isObserved,
  isOwnedBy,
  Readiness,
  READY,
  replicasOf,
  statusOf,
  View,
  waiting,
} from "./readiness";

const REVISION = "deployment.kubernetes.io/revision";

/**
 * Ready when the controller has seen the newest generation, the Deployment is Available, the ReplicaSet of the
 * current revision has all its pods ready, after the first revision the roll-out is over, and its volumes are bound.
 */
export const deployment: Readiness = {
  related: [
    { apiVersion: "apps/v1", kind: "ReplicaSet" },
    { apiVersion: "v1", kind: "Pod" },
    { apiVersion: "v1", kind: "PersistentVolumeClaim" },
  ],
  judge(view) {
    const { object } = view;
    const replicaSet = currentReplicaSet(view);
    const complaint = firstComplaint(view, replicaSet);
    if (complaint === undefined) return READY;
    const counts = replicaSet
      ? `${countOf(replicaSet, "readyReplicas")}/${replicasOf(replicaSet)}`
      : `0/${replicasOf(object)}`;
    return waiting(`Waiting for app ReplicaSet to be available (${counts} Pods available)`, [
      ...conditionErrors(object),
      complaint,
      ...podErrors(view, replicaSet),
    ]);
  },
};

function firstComplaint(view: View, replicaSet: KubeObject | undefined): string | undefined {
  const { object } = view;
  if (!isObserved(object)) return "The Deployment's controller has not seen its newest generation";
  const unbound = unboundClaims(view);
  if (unbound.length > 0) {
    return `Failed to bind PersistentVolumeClaim(s): "${unbound.join(",")}"`;
  }
  if (!isConditionTrue(object, "Available")) return "Minimum number of live Pods was not attained";
  const first = revisionOf(object) === "1";
  if (!first && !isRolledOut(object)) {
    return "Minimum number of Pods to consider the application live was not attained";
  }
  const live = !!replicaSet && countOf(replicaSet, "readyReplicas") >= replicasOf(replicaSet);
  if (live) return undefined;
  return first
    ? "Minimum number of Pods to consider the application live was not attained"
    : "Attempted to roll forward to new ReplicaSet, but minimum number of Pods did not become live";
}

function revisionOf({ metadata }: KubeObject): string | undefined {
  return metadata.annotations?.[REVISION];
}

function currentReplicaSet({ object, related }: View): KubeObject | undefined {
  const revision = revisionOf(object);
  return related("ReplicaSet").find(
    (rs) => isOwnedBy(rs, object) && revision !== undefined && revisionOf(rs) === revision,
  );
}

function isRolledOut(object: KubeObject): boolean {
  const progressing = conditionOf(object, "Progressing");
  return progressing?.status === "True" && progressing.reason === "NewReplicaSetAvailable";
}

function unboundClaims({ object, related }: View): string[] {
  const { spec } = object as { spec?: { template?: { spec?: { volumes?: Volume[] } } } };
  const volumes = spec?.template?.spec?.volumes ?? [];
  const claims = volumes.flatMap(({ persistentVolumeClaim: c }) => (c ? [c.claimName] : []));
  const bound = related("PersistentVolumeClaim")
    .filter((claim) => statusOf(claim).phase === "Bound")
    .map(({ metadata }) => metadata.name);
  return claims.filter((name) => !bound.includes(name));
}

interface Volume {
  persistentVolumeClaim?: { claimName: string };
}

function conditionErrors(object: KubeObject): string[] {
  const bad = { Progressing: "False", Available: "False", ReplicaFailure: "True" };
  return Object.entries(bad).flatMap(([type, status]) => {
    const condition = conditionOf(object, type);
    return condition?.status === status ? [`[${condition.reason}] ${condition.message}`] : [];
  });
}
