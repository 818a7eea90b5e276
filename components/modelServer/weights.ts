import type { input } from "@pulumi/kubernetes/types";
import * as fs from "node:fs";
import * as path from "node:path";

import { SERVER_GI } from "../../catalog/nodeDisk";
import type { ModelArgs, WeightsCache } from "./args";
import type { PodParts } from "./podParts";

/** Where the server finds its model, and what the pod needs for that. */
export interface Weights {
  /** The models that vLLM loads: repositories of Hugging Face, or directories that hold them. */
  model: string;
  adapters: { name: string; path: string }[];
  annotations: Record<string, string>;
  volumes: input.core.v1.Volume[];
  /** Mounts of the server. */
  volumeMounts: input.core.v1.VolumeMount[];
  env: input.core.v1.EnvVar[];
  /** Present if another container than the server talks to Hugging Face. */
  loader?: Pick<input.core.v1.Container, "name" | "command"> & Omit<PodParts, "volumes">;
  /** Disk that the pod fills, as Kubernetes counts it: a directory of the node is not part of it. */
  diskGi: number;
}

const CACHE = "/weights";
const BUCKET = "/bucket";
const LINKS = "/model";
const SCRATCH = "/scratch";
/** Name of the link to the base model; no adapter has it, because their names start with a letter or digit. */
const BASE = "_base";

/** A directory of the boot disk below /var, which stays writable on Container-Optimized OS. */
const NODE_DIRECTORY = "/var/lib/model-weights";

const COMPILED_GI = 10;

export function weightsOf(cache: WeightsCache, model: ModelArgs): Weights {
  if (cache.kind === "bucket") return fromBucket(cache.bucket, model);
  const source = cache.kind === "node" ? nodeDirectory() : { emptyDir: {} };
  return {
    model: model.id,
    adapters: model.adapters.map(({ name, source: repository }) => ({ name, path: repository })),
    annotations: {},
    volumes: [{ name: "weights", ...source }],
    volumeMounts: [{ name: "weights", mountPath: CACHE }],
    // Pods of one node may share it: Hugging Face's library locks what it loads.
    env: [{ name: "HF_HOME", value: CACHE }],
    diskGi: cache.kind === "node" ? COMPILED_GI : SERVER_GI,
  };
}

function nodeDirectory(): Omit<input.core.v1.Volume, "name"> {
  return { hostPath: { path: NODE_DIRECTORY, type: "DirectoryOrCreate" } };
}

function fromBucket(bucketName: string, { id, revision, adapters }: ModelArgs): Weights {
  const wanted = [
    { repository: id, revision, link: BASE },
    ...adapters.map(({ name, source }) => ({
      repository: source,
      revision: "main",
      link: linkOf(name),
    })),
  ];
  const volumes = [
    { name: "bucket", csi: bucketVolume(bucketName) },
    { name: "model", emptyDir: {} },
    { name: "scratch", emptyDir: {} },
  ];
  return {
    model: `${LINKS}/${BASE}`,
    adapters: adapters.map(({ name }) => ({ name, path: `${LINKS}/${linkOf(name)}` })),
    annotations: BUCKET_ANNOTATIONS,
    volumes,
    volumeMounts: [
      { name: "bucket", mountPath: BUCKET, readOnly: true },
      { name: "model", mountPath: LINKS, readOnly: true },
    ],
    env: [{ name: "HF_HUB_OFFLINE", value: "1" }],
    loader: {
      name: "fetch-weights",
      command: ["python3", "-c", script(), BUCKET, LINKS, SCRATCH, JSON.stringify(wanted)],
      volumeMounts: [
        { name: "bucket", mountPath: BUCKET },
        { name: "model", mountPath: LINKS },
        { name: "scratch", mountPath: SCRATCH },
      ],
      env: [{ name: "HF_HOME", value: `${SCRATCH}/.hugging-face` }],
    },
    diskGi: SERVER_GI,
  };
}

/** An adapter's name may have a `/`, which the name of a link has not. */
function linkOf(adapter: string): string {
  return encodeURIComponent(adapter);
}

/** Has GKE add the sidecar that mounts the bucket; "0" lifts its limits, which are too small for weights. */
const BUCKET_ANNOTATIONS = {
  "gke-gcsfuse/volumes": "true",
  "gke-gcsfuse/cpu-limit": "0",
  "gke-gcsfuse/memory-limit": "0",
  "gke-gcsfuse/ephemeral-storage-limit": "0",
};

/**
 * Files that another pod has just written are visible at once (missing files are not cached), and a read copies the
 * whole file to the node in many streams, even if the reader seeks in it as a loader of weights does.
 */
const MOUNT_OPTIONS = [
  "implicit-dirs",
  "metadata-cache:negative-ttl-secs:0",
  "file-cache:max-size-mb:-1",
  "file-cache:enable-parallel-downloads:true",
  "file-cache:cache-file-for-range-read:true",
];

function bucketVolume(bucketName: string): input.core.v1.CSIVolumeSource {
  return {
    driver: "gcsfuse.csi.storage.gke.io",
    volumeAttributes: { bucketName, mountOptions: MOUNT_OPTIONS.join(",") },
  };
}

function script(): string {
  return fs.readFileSync(path.join(__dirname, "fetch_weights.py"), "utf8");
}
