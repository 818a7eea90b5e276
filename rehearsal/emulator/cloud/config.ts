import * as fs from "node:fs";

import type { CrdFiles } from "../gke/crds/install";
import type { PodBinaries } from "../gke/kubelet/processes/program";

/** The daemon's configuration: a JSON file. */
export interface DaemonConfig {
  /** Everything that the daemon and its clusters keep lies below it. */
  stateDir: string;
  binaries: {
    etcd: string;
    kubeApiserver: string;
    kubeControllerManager: string;
    kubeScheduler: string;
  };
  /** Where the CRDs lie that GKE installs. */
  crds: CrdFiles;
  /** Where the discovery documents of Google's APIs lie, as in the Go module google.golang.org/api. */
  discovery: string;
  /**
   * The time scale of a new cloud; one that is resumed keeps its own. 0: no waiting; 1: as on the
   * real cloud.
   */
  timeScale: number;
  /** The processes that carry requests. @default none: the load balancers answer nobody */
  dataPlane?: DataPlane;
  /** Ends the daemon when the process that started it ends, however that comes about. */
  followParent: boolean;
}

/** Paths of binaries. */
export interface DataPlane {
  /** Envoy, which carries the requests of the load balancers. */
  envoy?: string;
  /** What runs in place of the images of pods. @default none: pods are only said to run */
  pods?: PodBinaries;
}

const BY_VERSION = ["crds.gatewayApi", "crds.inferencePool"];

const STRINGS = [
  "stateDir",
  "discovery",
  "binaries.etcd",
  "binaries.kubeApiserver",
  "binaries.kubeControllerManager",
  "binaries.kubeScheduler",
];

/** @throws Error that lists all fields that are wrong */
export function readConfig(file: string | undefined): DaemonConfig {
  if (file === undefined) throw new Error("usage: node main.js <config.json>");
  const config = JSON.parse(fs.readFileSync(file, "utf8")) as DaemonConfig;
  const wrong = [
    ...STRINGS.filter((path) => typeof field(config, path) !== "string").map(
      (p) => `${p}: not a string`,
    ),
    ...BY_VERSION.filter((path) => typeof field(config, path) !== "object").map(
      (p) => `${p}: not paths by version`,
    ),
    ...wrongDataPlane(config),
    ...(typeof config.timeScale === "number" && config.timeScale >= 0
      ? []
      : ["timeScale: not a number from 0"]),
    ...(typeof config.followParent === "boolean" ? [] : ["followParent: not true or false"]),
  ];
  if (wrong.length > 0) throw new Error(`${file}: ${wrong.join("; ")}`);
  return config;
}

const POD_BINARIES = ["pods.endpointPicker", "pods.modelServer"];

function wrongDataPlane(config: object): string[] {
  const dataPlane = field(config, "dataPlane");
  if (dataPlane === undefined) return [];
  if (typeof dataPlane !== "object" || dataPlane === null) {
    return ["dataPlane: not paths of binaries"];
  }
  const given = (name: string) => field(dataPlane, name) !== undefined;
  return [...["envoy"].filter(given), ...(given("pods") ? POD_BINARIES : [])]
    .filter((name) => typeof field(dataPlane, name) !== "string")
    .map((name) => `dataPlane.${name}: not a string`);
}

function field(object: unknown, path: string): unknown {
  let value = object;
  for (const key of path.split(".")) value = (value as Record<string, unknown> | undefined)?.[key];
  return value;
}
