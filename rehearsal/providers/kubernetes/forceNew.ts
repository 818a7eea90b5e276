import { Change, isWithin, parsePath, Path, PropertyMap, Value, valueAt } from "../plugin";
import { Settings } from "./config/settings";
import { groupOf } from "./kinds";

const SELECTOR = ["spec.selector"];

/** Fields that an API server lets nobody change, so that a change means another object. Custom resources have none. */
const FORCE_NEW: Record<string, string[]> = {
  "/ConfigMap": ["data", "binaryData"],
  "/PersistentVolume": pathsBelow(
    "spec",
    `awsElasticBlockStore azureDisk azureFile cephfs cinder csi fc flexVolume flocker
    gcePersistentDisk glusterfs hostPath iscsi local nfs photonPersistentDisk portworxVolume quobyte
    rbd scaleIO storageos vsphereVolume`,
  ),
  "/PersistentVolumeClaim": pathsBelow("spec", "accessModes selector storageClassName volumeName"),
  "/Pod": [
    ...pathsBelow(
      "spec",
      `affinity automountServiceAccountToken dnsConfig dnsPolicy enableServiceLinks hostAliases
      hostIPC hostNetwork hostPID hostname imagePullSecrets nodeName nodeSelector overhead
      preemptionPolicy priority priorityClassName readinessGates restartPolicy runtimeClassName
      schedulerName securityContext serviceAccount serviceAccountName shareProcessNamespace
      subdomain terminationGracePeriodSeconds volumes`,
    ),
    ...["spec.containers[*]", "spec.initContainers[*]"].flatMap((container) =>
      pathsBelow(
        container,
        `args command env image imagePullPolicy lifecycle livenessProbe ports readinessProbe
        resources securityContext stdin stdinOnce terminationMessagePath terminationMessagePolicy
        tty volumeDevices volumeMounts workingDir`,
      ),
    ),
  ],
  "/ResourceQuota": ["spec.scopes"],
  "/Secret": ["data", "stringData", "type"],
  "/Service": ["spec.clusterIP"],
  "apps/DaemonSet": SELECTOR,
  "apps/Deployment": SELECTOR,
  "apps/StatefulSet": pathsBelow(
    "spec",
    "podManagementPolicy revisionHistoryLimit selector serviceName volumeClaimTemplates",
  ),
  "batch/Job": pathsBelow("spec", "completions parallelism selector template"),
  "rbac.authorization.k8s.io/ClusterRoleBinding": ["roleRef"],
  "rbac.authorization.k8s.io/RoleBinding": ["roleRef"],
  "storage.k8s.io/StorageClass": ["parameters", "provisioner"],
};

const IDENTITY = ["metadata.name", "metadata.namespace"];

/** Paths of an object whose change replaces it. */
export function forceNewPaths(object: PropertyMap, patch: boolean, settings: Settings): Path[] {
  const key = `${groupOf(String(object.apiVersion))}/${String(object.kind)}`;
  const fields = patch ? [] : (mutableFields(key, object, settings) ?? FORCE_NEW[key] ?? []);
  return [...IDENTITY, ...fields].map(parsePath);
}

/** What is left where the user lets data be changed in place. */
function mutableFields(key: string, object: PropertyMap, settings: Settings): string[] | undefined {
  if (object.immutable === true) return undefined;
  if (key === "/ConfigMap" && settings.enableConfigMapMutable) return [];
  if (key === "/Secret" && settings.enableSecretMutable) return ["type"];
  return undefined;
}

/**
 * Whether a change touches one of the paths, be it at it, below it, or by a new value above it.
 * @param to the object after the change
 */
export function forcesNew(change: Change, to: Value, paths: Path[]): boolean {
  if (change.kind === "delete" && change.path.length === 1 && change.path[0] === "metadata") {
    return true;
  }
  return paths.some(
    (path) =>
      isWithin(change.path, path) ||
      (isWithin(path, change.path) && valueAt(to, path) !== undefined),
  );
}

function pathsBelow(prefix: string, names: string): string[] {
  return names.split(/\s+/).map((name) => `${prefix}.${name}`);
}
