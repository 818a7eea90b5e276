import * as yaml from "js-yaml";

import { CloudView } from "../gke";
import { CsiSource, Pod } from "../world/kinds";
import { ClusterState } from "../world/world";

/** Where the volumes of pods come from: objects of the cluster, and the cloud behind CSI drivers. */
export interface VolumeSources {
  objects: Pick<ClusterState, "get" | "spec">;
  cloud: Pick<
    CloudView,
    | "csiDrivers"
    | "workloadPool"
    | "projectNumber"
    | "hasBucket"
    | "hasSecretVersion"
    | "holdsOnBucket"
    | "holdsOnSecret"
  >;
}

/** Roles that contain `storage.objects.list`. Source: "IAM roles for Cloud Storage", 2026-08. */
const BUCKET_READERS = [
  "roles/storage.objectViewer",
  "roles/storage.objectUser",
  "roles/storage.objectAdmin",
  "roles/storage.admin",
  "roles/storage.legacyBucketReader",
  "roles/storage.legacyBucketWriter",
];

/** Roles that contain `secretmanager.versions.access`. Source: "Access control with IAM", 2026-08. */
const SECRET_READERS = ["roles/secretmanager.secretAccessor", "roles/secretmanager.admin"];

type Mount = (sources: VolumeSources, pod: Pod, csi: CsiSource) => string | undefined;

/** The drivers of GKE's add-ons. Each says in its own words why it does not mount a volume. */
const DRIVERS: Record<string, Mount> = {
  "gcsfuse.csi.storage.gke.io": mountBucket,
  "secrets-store-gke.csi.k8s.io": mountSecrets,
};

/** Why a volume that a pod asks a CSI driver for cannot be mounted. */
export function csiRefusal(sources: VolumeSources, pod: Pod, csi: CsiSource): string | undefined {
  const { objects, cloud } = sources;
  const mount = DRIVERS[csi.driver];
  if (!mount || !cloud.csiDrivers(objects.spec.id).includes(csi.driver)) {
    return (
      "kubernetes.io/csi: mounter.SetUpAt failed to get CSI client: " +
      `driver name ${csi.driver} not found in the list of registered CSI drivers`
    );
  }
  return mount(sources, pod, csi);
}

/** Words: docs/troubleshooting.md of GoogleCloudPlatform/gcs-fuse-csi-driver. */
function mountBucket(
  { objects, cloud }: VolumeSources,
  pod: Pod,
  { volumeAttributes = {} }: CsiSource,
): string | undefined {
  const { bucketName: bucket = "" } = volumeAttributes;
  // GKE's webhook adds the sidecar to pods with the annotation; here it stands for the sidecar.
  if (pod.metadata.annotations?.["gke-gcsfuse/volumes"] !== "true") {
    return rpc("FailedPrecondition", "failed to find the sidecar container in Pod spec");
  }
  const failed = `failed to get GCS bucket "${bucket}"`;
  if (!cloud.hasBucket(bucket)) return rpc("NotFound", `${failed}: storage: bucket doesn't exist`);
  const members = membersOf(objects, cloud, pod);
  if (cloud.holdsOnBucket(bucket, BUCKET_READERS, members)) return undefined;
  const denied =
    "googleapi: Error 403: Caller does not have storage.objects.list access to the Google Cloud " +
    "Storage bucket. Permission 'storage.objects.list' denied on resource (or it may not exist)., " +
    "forbidden";
  return rpc("PermissionDenied", `${failed}: ${denied}`);
}

/** Words: issues of GoogleCloudPlatform/secrets-store-csi-driver-provider-gcp. */
function mountSecrets(
  { objects, cloud }: VolumeSources,
  pod: Pod,
  { volumeAttributes = {} }: CsiSource,
): string | undefined {
  const { namespace = "default", name } = pod.metadata;
  const { secretProviderClass = "" } = volumeAttributes;
  const found = objects.get("SecretProviderClass", namespace, secretProviderClass);
  if (!found) {
    const kind = "SecretProviderClass.secrets-store.csi.x-k8s.io";
    const missing = `failed to get secretproviderclass ${namespace}/${secretProviderClass}`;
    return rpc("Unknown", `${missing}, error: ${kind} "${secretProviderClass}" not found`);
  }
  const failed = (why: string) =>
    rpc(
      "Unknown",
      `failed to mount secrets store objects for pod ${namespace}/${name}, err: ${why}`,
    );
  const { provider = "", parameters = {} } = found.spec;
  if (provider !== "gke") {
    const unknown = `provider not found: provider "${provider}"`;
    return failed(`error connecting to provider "${provider}": ${unknown}`);
  }
  const secrets = readSecrets(parameters.secrets);
  if (!secrets) return failed("failed to unmarshal secrets attribute");
  const members = membersOf(objects, cloud, pod);
  const why = secrets.map((resource) => secretRefusal(cloud, resource, members));
  const first = why.find((reason) => reason !== undefined);
  return first === undefined ? undefined : failed(first);
}

function secretRefusal(
  cloud: VolumeSources["cloud"],
  resource: string,
  members: string[],
): string | undefined {
  const [secret = "", version = ""] = resource.split("/versions/");
  if (!cloud.holdsOnSecret(secret, SECRET_READERS, members)) {
    const denied = `Permission 'secretmanager.versions.access' denied for resource '${resource}'`;
    return rpc("PermissionDenied", `${denied} (or it may not exist).`);
  }
  if (cloud.hasSecretVersion(secret, version)) return undefined;
  return version === "latest"
    ? rpc("NotFound", `Secret [${secret}] not found or has no versions.`)
    : rpc("NotFound", `Secret Version [${resource}] not found.`);
}

/** The list in `parameters.secrets`; undefined if it is not a list. */
function readSecrets(text: string | undefined): string[] | undefined {
  try {
    const list = yaml.load(text ?? "") as { resourceName: string; path: string }[];
    if (!Array.isArray(list) || list.some((s) => !s.resourceName || !s.path)) return undefined;
    return list.map(({ resourceName }) => resourceName);
  } catch {
    return undefined;
  }
}

/** How policies spell the account of a pod. Without Workload Identity it has no name there. */
function membersOf(
  { spec }: VolumeSources["objects"],
  cloud: VolumeSources["cloud"],
  pod: Pod,
): string[] {
  const pool = cloud.workloadPool(spec.id);
  if (pool === undefined) return [];
  const { namespace = "default" } = pod.metadata;
  const { serviceAccountName = "default" } = pod.spec;
  const number = cloud.projectNumber(spec.project);
  const pools = `principal://iam.googleapis.com/projects/${number}/locations/global/workloadIdentityPools`;
  return [
    `serviceAccount:${pool}[${namespace}/${serviceAccountName}]`,
    `${pools}/${pool}/subject/ns/${namespace}/sa/${serviceAccountName}`,
  ];
}

function rpc(code: string, description: string): string {
  return `rpc error: code = ${code} desc = ${description}`;
}
