import type { Dated, Value } from "../frame";

/** A driver of GKE that mounts volumes, and what it needs. */
export interface VolumeDriver {
  readonly title: string;
  /** Keys of the switch in a Standard cluster; an Autopilot cluster has most of them always. */
  readonly addOn: readonly string[];
  /** GKE switches it on by itself. */
  readonly isStandard?: boolean;
  /** An annotation that pods need, for the sidecar that mounts. */
  readonly annotation?: string;
}

export const VOLUME_DRIVERS_DATED: Dated = {
  title: "Drivers of volumes that GKE has, and their add-ons",
  source:
    "https://cloud.google.com/kubernetes-engine/docs/concepts/storage-overview; " +
    "https://cloud.google.com/secret-manager/docs/secret-manager-managed-csi-component",
  asOf: "2026-08-20",
  goodForMonths: 12,
};

export const VOLUME_DRIVERS: Readonly<Record<string, VolumeDriver>> = {
  "gcsfuse.csi.storage.gke.io": {
    title: "Cloud Storage FUSE",
    addOn: ["addonsConfig", "gcsFuseCsiDriverConfig", "enabled"],
    annotation: "gke-gcsfuse/volumes",
  },
  "filestore.csi.storage.gke.io": {
    title: "Filestore",
    addOn: ["addonsConfig", "gcpFilestoreCsiDriverConfig", "enabled"],
  },
  "parallelstore.csi.storage.gke.io": {
    title: "Parallelstore",
    addOn: ["addonsConfig", "parallelstoreCsiDriverConfig", "enabled"],
  },
  "lustre.csi.storage.gke.io": {
    title: "Managed Lustre",
    addOn: ["addonsConfig", "lustreCsiDriverConfig", "enabled"],
  },
  "pd.csi.storage.gke.io": {
    title: "Persistent Disk",
    addOn: ["addonsConfig", "gcePersistentDiskCsiDriverConfig", "enabled"],
    isStandard: true,
  },
  "multitier-checkpoint.csi.storage.gke.io": {
    title: "multi-tier checkpointing",
    addOn: ["addonsConfig", "highScaleCheckpointingConfig", "enabled"],
  },
  "secrets-store-gke.csi.k8s.io": {
    title: "Secret Manager",
    addOn: ["secretManagerConfig", "enabled"],
  },
};

/** StorageClasses that GKE makes together with a driver. */
const CLASSES: readonly (readonly [name: RegExp, driver: string])[] = [
  [
    /^(?:standard|premium|enterprise|enterprise-multishare|zonal)-rwx$/,
    "filestore.csi.storage.gke.io",
  ],
  [/^(?:standard|premium)-rwo$/, "pd.csi.storage.gke.io"],
  [/^parallelstore-rwx$/, "parallelstore.csi.storage.gke.io"],
  [/^lustre-rwx/, "lustre.csi.storage.gke.io"],
  [/^gcsfusecsi-/, "gcsfuse.csi.storage.gke.io"],
];

/** The driver of a StorageClass that GKE makes. */
export function driverOfClass(name: Value): string | undefined {
  return CLASSES.find(([pattern]) => pattern.test(name.text ?? ""))?.[1];
}
