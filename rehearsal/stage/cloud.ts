import { spawn } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import type { DataPlane } from "../emulator/cloud/config";
import type { DnsAnswers } from "../emulator/cloud/services/dns/answers";
import type { CrdFiles } from "../emulator/gke/crds/install";
import type { LoadBalancer } from "../emulator/gke/gke";
import { Google } from "../emulator/google/client";
import type { Traffic } from "../emulator/loadBalancer/traffic";
import { proxyTo, through } from "../emulator/google/transport";

import type { Directories } from "./directories";

export interface CloudBinaries {
  etcd: string;
  kubeApiserver: string;
  kubeControllerManager: string;
  kubeScheduler: string;
}

export interface CloudOptions {
  binaries: CloudBinaries;
  crds: CrdFiles;
  /** What carries requests; if it is left out, pods are only said to run, and load balancers answer nobody. */
  dataPlane?: DataPlane;
  /** Folder with the discovery documents of Google's APIs. */
  discovery: string;
  /** Real durations times this; 0 is at once. */
  timeScale: number;
  /** End with this process, however it ends. */
  followParent: boolean;
}

export interface CloudCluster {
  id: string;
  address: string;
  pids: Record<string, number>;
}

export interface CloudKnobs {
  timeScale?: number;
  flake?: { rate: number; statuses: number[]; seed: number };
  /** Whether what GKE collects late is not collected at all. */
  leftovers?: { stay: boolean };
  /** Limits by metric and region; null lifts a metric's. */
  quotas?: Record<string, Record<string, number> | null>;
  /** Factor on what the end of a pod with processes takes. */
  podTimeScale?: number;
  /** Flags, without dashes, of the simulator of vLLM. */
  modelServer?: Record<string, string>;
  /** Whether the cloud returns the address of an API's agent. */
  identityEmails?: boolean;
}

const START_TIMEOUT_MS = 60_000;

/** The emulated Google Cloud: a daemon that outlives the commands which work on it. */
export class Cloud {
  /** Google's REST, for the owner of every project. */
  readonly google: Google;

  private constructor(
    readonly url: string,
    readonly pid: number,
    /** File with the certificate of its certificate authority. */
    ca: string,
  ) {
    let proxy: ReturnType<typeof proxyTo> | undefined;
    const opened = () => (proxy ??= proxyTo(url, fs.readFileSync(ca, "utf8")));
    this.google = new Google(through(opened, () => this.token()));
  }

  /** The daemon that runs on this state, if one does. */
  static async running(directories: Directories): Promise<Cloud | undefined> {
    const file = path.join(directories.cloud, "daemon.json");
    if (!fs.existsSync(file)) return undefined;
    const { pid, url } = JSON.parse(fs.readFileSync(file, "utf8")) as { pid: number; url: string };
    const cloud = new Cloud(url, pid, path.join(directories.cloud, "pki", "ca.crt"));
    return (await cloud.answers()) ? cloud : undefined;
  }

  /** @throws with the end of the daemon's log where it does not get ready */
  static async start(directories: Directories, options: CloudOptions): Promise<Cloud> {
    fs.mkdirSync(directories.cloud, { recursive: true });
    const config = path.join(directories.cloud, "config.json");
    fs.writeFileSync(config, JSON.stringify({ stateDir: directories.cloud, ...options }, null, 2));
    fs.rmSync(path.join(directories.cloud, "daemon.json"), { force: true });

    const logFile = path.join(directories.cloud, "daemon.log");
    const log = fs.openSync(logFile, "w");
    const bundle = path.join(directories.library, "cloud.cjs");
    const daemon = spawn(process.execPath, ["--enable-source-maps", bundle, config], {
      stdio: ["ignore", log, log],
      detached: true,
    });
    daemon.unref();
    fs.closeSync(log);

    const deadline = Date.now() + START_TIMEOUT_MS;
    while (Date.now() < deadline && daemon.exitCode === null) {
      const cloud = await Cloud.running(directories);
      if (cloud) return cloud;
      await sleep(50);
    }
    const tail = fs.readFileSync(logFile, "utf8").trimEnd().split("\n").slice(-15).join("\n");
    throw new Error(`the emulated cloud did not start; its log ${logFile} ends with:\n${tail}`);
  }

  /** What `pulumi destroy` should have removed. */
  resources(): Promise<{ service: string; type: string; name: string }[]> {
    return this.call("GET", "/admin/resources");
  }

  /** Objects that were still in a cluster when it was deleted. */
  abandoned(): Promise<string[]> {
    return this.call("GET", "/admin/abandoned");
  }

  /** Access token of the owner of every project. */
  async token(): Promise<string> {
    return (await this.call<{ accessToken: string }>("GET", "/token")).accessToken;
  }

  loadBalancers(): Promise<LoadBalancer[]> {
    return this.call("GET", "/admin/loadBalancers");
  }

  /** What the load balancers do with requests. */
  traffic(): Promise<Traffic> {
    return this.call("GET", "/admin/traffic");
  }

  /** The answers that clients get for names with a geo policy. */
  dns(): Promise<DnsAnswers[]> {
    return this.call("GET", "/admin/dns");
  }

  /** One line for each thing that is not as its owner wants it. */
  diagnose(): Promise<string[]> {
    return this.call("GET", "/admin/diagnose");
  }

  clusters(): Promise<CloudCluster[]> {
    return this.call("GET", "/admin/clusters");
  }

  calls(): Promise<{ requests: number; refusedByFault: number }> {
    return this.call("GET", "/admin/calls");
  }

  /** Gives an account its roles, in place of those it had. @returns its access token */
  async admit(email: string, grants: { role: string; resource: string }[]): Promise<string> {
    const url = `/admin/callers/${email}`;
    return (await this.call<{ accessToken: string }>("PUT", url, { grants })).accessToken;
  }

  /** What an account was asked for. */
  async permissionsOf(email: string): Promise<string[]> {
    const url = `/admin/callers/${email}`;
    return (await this.call<{ permissions: string[] }>("GET", url)).permissions;
  }

  /** Real durations times this. */
  async timeScale(): Promise<number> {
    return (await this.call<Required<Pick<CloudKnobs, "timeScale">>>("GET", "/admin/knobs"))
      .timeScale;
  }

  async turn(knobs: CloudKnobs): Promise<void> {
    await this.call("PATCH", "/admin/knobs", knobs);
  }

  /** Ends the daemon and every process it started; its data stays. */
  async stop(): Promise<void> {
    await this.call("POST", "/admin/shutdown").catch(() => undefined);
    const deadline = Date.now() + 30_000;
    while (isAlive(this.pid) && Date.now() < deadline) await sleep(50);
    if (isAlive(this.pid)) process.kill(this.pid, "SIGKILL");
  }

  private async answers(): Promise<boolean> {
    return this.call("GET", "/admin/knobs").then(
      () => true,
      () => false,
    );
  }

  private async call<T>(method: string, route: string, body?: unknown): Promise<T> {
    const response = await fetch(this.url + route, {
      method,
      headers: { "content-type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${route}: ${response.status} ${text}`);
    return (text ? JSON.parse(text) : undefined) as T;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
