import { UNKNOWN } from "../support/unknown";
import { volumeDriverEnabled } from "../../pods/volume-driver-enabled";
import { pending } from "../fixtures/messages";
import { deployment, euAndUs, object, withoutProvider } from "../fixtures/objects";
import { changed } from "../fixtures/stack";
import { findingsOf } from "../support/findings";
import type { Registered } from "../support/policies";

const findings = findingsOf(volumeDriverEnabled);

const TEMPLATE = "spec.template";
const VOLUME = `${TEMPLATE}.spec.volumes[0]`;
const ANNOTATION = `${TEMPLATE}.metadata.annotations["gke-gcsfuse/volumes"]`;
const BUCKET = "gcsfuse.csi.storage.gke.io";

/** The clusters, with this in one of them. */
const fleet = (inputs: object = {}): readonly Registered[] =>
  euAndUs.map((each) => {
    return each.name === "eu" && each.type.startsWith("gcp:")
      ? { ...each, inputs: { ...each.inputs, ...inputs } }
      : each;
  });
const addOn = (name: string, enabled: unknown = true) =>
  fleet({ addonsConfig: { [name]: { enabled } } });
const buckets = (enabled: unknown = true) => addOn("gcsFuseCsiDriverConfig", enabled);

const pods = (volume: object, annotations: unknown = null, podSpec: object = {}) =>
  changed(
    deployment("server", { containers: [{ name: "vllm" }], volumes: [volume], ...podSpec }),
    `${TEMPLATE}.metadata.annotations`,
    annotations,
  );
const annotated = { "gke-gcsfuse/volumes": "true" };
const bucket = (annotations: unknown = annotated, podSpec?: object) =>
  pods({ csi: { driver: BUCKET } }, annotations, podSpec);
const mounting = (driver: string) => pods({ csi: { driver } });
const claiming = (claimName: string, annotations?: unknown) =>
  pods({ persistentVolumeClaim: { claimName } }, annotations);
const claim = (spec: object) => object("core/v1:PersistentVolumeClaim", "weights", { spec });
const volume = (driver: string) =>
  object("core/v1:PersistentVolume", "volume", {
    metadata: { name: "pv" },
    spec: { csi: { driver } },
  });
const storageClass = (provisioner: string) =>
  object("storage.k8s.io/v1:StorageClass", "class", { metadata: { name: "fast" }, provisioner });

const off = (at: string, named: string, title: string, path: string, given = "is not set") =>
  `${at}: "${named}" needs the driver of ${title}, but ${path} of cluster eu ${given}, ` +
  "so no pod starts; set that to true";
const FUSE = "addonsConfig.gcsFuseCsiDriverConfig.enabled";
const FILESTORE = "addonsConfig.gcpFilestoreCsiDriverConfig.enabled";
const DRIVER = `${VOLUME}.csi.driver`;
const CLAIM = `${VOLUME}.persistentVolumeClaim.claimName`;
const noSidecar = (given: string) =>
  `${ANNOTATION}: ${given}, so GKE adds no sidecar that mounts volumes of Cloud Storage FUSE, ` +
  'and no pod starts; set it to "true"';

test.each<[string, readonly Registered[]]>([
  ["a bucket", [...buckets(), bucket()]],
  ["a bucket in an Autopilot cluster", [...fleet({ enableAutopilot: true }), bucket()]],
  ["a bucket in what may be one", [...fleet({ enableAutopilot: UNKNOWN }), bucket()]],
  ["a bucket in a cluster of another stack", [withoutProvider(bucket())]],
  [
    "a bucket with a sidecar of its own",
    [...buckets(), bucket(null, { initContainers: [{ name: "gke-gcsfuse-sidecar" }] })],
  ],
  ["another driver", [...fleet(), mounting("csi.example.com"), mounting("toString")]],
  ["the community's driver of secrets", [...fleet(), mounting("secrets-store.csi.k8s.io")]],
  [
    "secrets",
    [
      ...fleet({ secretManagerConfig: { enabled: true } }),
      mounting("secrets-store-gke.csi.k8s.io"),
    ],
  ],
  ["a disk", [...fleet(), claim({ storageClassName: "premium-rwo" }), claiming("weights")]],
  ["a claim of the standard class", [...fleet(), claim({}), claiming("weights")]],
  ["a claim that is not here", [...fleet(), claiming("weights"), claim({}), claiming("other")]],
  [
    "a claim whose name is not known yet",
    [
      ...fleet(),
      claim({ storageClassName: "standard-rwx" }),
      pods({ persistentVolumeClaim: { claimName: UNKNOWN } }),
    ],
  ],
  [
    "a class of the stack",
    [
      ...fleet(),
      storageClass("csi.example.com"),
      claim({ storageClassName: "fast" }),
      claiming("weights"),
    ],
  ],
  [
    "a shared disk",
    [
      ...addOn("gcpFilestoreCsiDriverConfig"),
      claim({ storageClassName: "standard-rwx" }),
      claiming("weights"),
    ],
  ],
  ["a patch", [...fleet(), { ...bucket(null), type: "kubernetes:apps/v1:DeploymentPatch" }]],
  [
    "no volumes",
    [...fleet(), deployment("server", { volumes: UNKNOWN }), deployment("s", { volumes: {} })],
  ],
  ["malformed volumes", [...fleet(), deployment("server", { volumes: [null, 1, { csi: [] }] })]],
])("passes %s", async (_, resources) => {
  expect(await findings(resources)).toEqual([]);
  expect(await findings(resources, { firstPreview: true })).toEqual([]);
});

test.each<[string, readonly Registered[], string]>([
  [
    "a bucket without its driver",
    [...buckets(false), bucket()],
    off(DRIVER, BUCKET, "Cloud Storage FUSE", FUSE, "is false"),
  ],
  [
    "a bucket without any add-on",
    [...fleet(), bucket()],
    off(DRIVER, BUCKET, "Cloud Storage FUSE", FUSE),
  ],
  ["a bucket without the annotation", [...buckets(), bucket(null)], noSidecar("is not set")],
  [
    "a bucket with the annotation off",
    [...buckets(), bucket({ "gke-gcsfuse/volumes": "false" })],
    noSidecar('is "false"'),
  ],
  [
    "secrets",
    [
      ...fleet({ secretManagerConfig: { enabled: false } }),
      mounting("secrets-store-gke.csi.k8s.io"),
    ],
    off(
      DRIVER,
      "secrets-store-gke.csi.k8s.io",
      "Secret Manager",
      "secretManagerConfig.enabled",
      "is false",
    ),
  ],
  [
    "Filestore",
    [...fleet(), mounting("filestore.csi.storage.gke.io")],
    off(DRIVER, "filestore.csi.storage.gke.io", "Filestore", FILESTORE),
  ],
  [
    "Parallelstore",
    [...fleet(), mounting("parallelstore.csi.storage.gke.io")],
    off(
      DRIVER,
      "parallelstore.csi.storage.gke.io",
      "Parallelstore",
      "addonsConfig.parallelstoreCsiDriverConfig.enabled",
    ),
  ],
  [
    "Lustre",
    [...addOn("lustreCsiDriverConfig", false), mounting("lustre.csi.storage.gke.io")],
    off(
      DRIVER,
      "lustre.csi.storage.gke.io",
      "Managed Lustre",
      "addonsConfig.lustreCsiDriverConfig.enabled",
      "is false",
    ),
  ],
  [
    "disks whose driver is switched off",
    [
      ...addOn("gcePersistentDiskCsiDriverConfig", false),
      claim({ storageClassName: "standard-rwo" }),
      claiming("weights"),
    ],
    off(
      CLAIM,
      "weights",
      "Persistent Disk",
      "addonsConfig.gcePersistentDiskCsiDriverConfig.enabled",
      "is false",
    ),
  ],
  [
    "a claim of a class that GKE makes",
    [...fleet(), claim({ storageClassName: "premium-rwx" }), claiming("weights")],
    off(CLAIM, "weights", "Filestore", FILESTORE),
  ],
  [
    "a claim of a class of the stack",
    [
      ...fleet(),
      storageClass("filestore.csi.storage.gke.io"),
      claim({ storageClassName: "fast" }),
      claiming("weights"),
    ],
    off(CLAIM, "weights", "Filestore", FILESTORE),
  ],
  [
    "a claim for a volume of the stack",
    [
      ...buckets(),
      volume(BUCKET),
      claim({ volumeName: "pv", storageClassName: "" }),
      claiming("weights"),
    ],
    noSidecar("is not set"),
  ],
  [
    "a claim in the pod",
    [
      ...fleet(),
      pods({ ephemeral: { volumeClaimTemplate: { spec: { storageClassName: "standard-rwx" } } } }),
    ],
    off(
      `${VOLUME}.ephemeral.volumeClaimTemplate.spec.storageClassName`,
      "standard-rwx",
      "Filestore",
      FILESTORE,
    ),
  ],
  [
    "a claim of each pod of a set",
    [
      ...fleet(),
      object("apps/v1:StatefulSet", "server", {
        spec: {
          template: {},
          volumeClaimTemplates: [{ spec: { storageClassName: "standard-rwx" } }],
        },
      }),
    ],
    off(
      "spec.volumeClaimTemplates[0].spec.storageClassName",
      "standard-rwx",
      "Filestore",
      FILESTORE,
    ),
  ],
])("fails %s", async (_, resources, message) => {
  expect(await findings(resources)).toEqual([["mandatory", "server", message]]);
  expect(await findings(resources, { firstPreview: true })).toEqual([
    ["mandatory", "server", message],
  ]);
});

test("judges the annotation in a cluster that another stack makes", async () => {
  expect(await findings([withoutProvider(bucket(null))])).toEqual([
    ["mandatory", "server", noSidecar("is not set")],
  ]);
});

test.each<[string, readonly Registered[], string, string]>([
  ["the add-on", [...buckets(UNKNOWN), bucket()], "eu", FUSE],
  [
    "the annotation",
    [...buckets(), bucket({ "gke-gcsfuse/volumes": UNKNOWN })],
    "server",
    ANNOTATION,
  ],
])("advises where %s is not known yet", async (_, resources, about, path) => {
  expect(await findings(resources)).toEqual([["advisory", about, pending(path)]]);
});
