import * as fs from "node:fs";
import * as path from "node:path";

import { Iam } from "../gke/access/iam";
import { CertificateAuthority } from "../gke/controlPlane/pki";
import type { PodSettings } from "../gke/cluster";
import { ClusterSpec, CloudView, Gke, NodePoolSpec } from "../gke/gke";
import { Balancer } from "../loadBalancer/balancer";
import { NO_TRAFFIC, Traffic } from "../loadBalancer/traffic";
import { Callers } from "./access/callers";
import { iamOf } from "./access/clusters";
import { adminRoutes } from "./admin";
import { Calls } from "./calls";
import { Cloud } from "./cloud";
import { StoreView } from "./cloudView";
import { DaemonConfig } from "./config";
import { Faults } from "./faults";
import { merge } from "./json";
import { Cluster, CLUSTER, NODE_POOL } from "./kinds";
import { KnobBoard } from "./knobs";
import { ManagedResources } from "./managed/managedResources";
import { Operations } from "./operations";
import { Quotas } from "./quotas";
import { Router } from "./router";
import { serve } from "./server";
import { serviceMethods } from "./services";
import { dnsAnswers } from "./services/dns/answers";
import { endpointFields } from "./services/container/clusters";
import { clusterSpec, nodePoolSpec } from "./services/container/specs";
import { Store, Stored } from "./store";
import { readOrMakeToken, tokenRoute } from "./token";
import { Discovery } from "./wire/discovery";
import { GoogleApis } from "./wire/googleApis";
import { Vpc } from "./wire/vpc";

/** What the daemon passes to GKE when it creates it. */
export interface GkeConfig extends Pick<DaemonConfig, "stateDir" | "binaries" | "crds"> {
  /** Bearer token that every API server accepts as cluster administrator. */
  token: string;
  iam: Iam;
  timeScale: () => number;
  pods?: PodSettings;
  /** Told when GKE's controllers have looked at the world. */
  looked: () => void;
}

export type CreateGke = (config: GkeConfig, view: CloudView) => Promise<Gke>;

export interface RunningCloud {
  url: string;
  /**
   * Ends GKE's processes and the server. Data stays. Resolves for every caller when all is ended.
   */
  stop(): Promise<void>;
  /** Resolves when the cloud has stopped, for any reason. */
  stopped: Promise<void>;
}

/** Starts the emulated cloud, with what an earlier one left in the state directory. */
export async function startCloud(
  config: DaemonConfig,
  createGke: CreateGke,
): Promise<RunningCloud> {
  const { stateDir } = config;
  fs.mkdirSync(stateDir, { recursive: true });
  const announcement = path.join(stateDir, "daemon.json");
  const earlier = await earlierDaemon(announcement);
  const store = Store.open(path.join(stateDir, "cloud.json"));
  const knobs = new KnobBoard(store, config);
  const clock = { now: Date.now, timeScale: () => knobs.get().timeScale };
  const token = readOrMakeToken(path.join(stateDir, "token"));
  const callers = new Callers(store, token);
  const operations = new Operations(store, clock);
  const view = new StoreView(store, operations);
  const looked = () => {
    managed.look();
    store.flush();
  };
  const pods = config.dataPlane?.pods && {
    binaries: config.dataPlane.pods,
    cloud: config.stateDir,
    modelServer: () => knobs.get().modelServer,
    timeScale: () => knobs.get().podTimeScale,
  };
  const gke = await createGke(
    { ...config, token, iam: iamOf(callers), timeScale: clock.timeScale, pods, looked },
    view,
  );
  const stay = () => knobs.get().leftovers.stay;
  const managed = new ManagedResources({ store, clock, view, gke, stay });
  const quotas = new Quotas(store, () => knobs.get().quotas);
  const cloud: Cloud = { store, clock, operations, quotas, gke, managed, callers, knobs };
  const faults = new Faults(() => knobs.get());
  const calls = new Calls();
  const { promise: stopped, resolve: end } = withResolvers();

  const ca = await CertificateAuthority.open(path.join(stateDir, "pki"));
  const discovery = Discovery.in(config.discovery);
  const methods = serviceMethods(cloud);
  const google = new GoogleApis({ cloud, discovery, methods, faults, calls });
  const balancer = balancerOf(config, gke);
  const traffic = () => balancer?.observe() ?? NO_TRAFFIC;
  const vpc = balancer && vpcOf(cloud, traffic);
  const own = new Router([
    ...adminRoutes(cloud, { google, faults, calls, traffic, shutdown: () => void stop() }),
    tokenRoute(callers, clock),
  ]);
  await resumeGke(cloud);
  operations.resume();
  const server = await serve({ google, own, callers, ca, ...(vpc && { vpc }) }, earlier.port);
  balancer?.start();
  announce(announcement, server.url);

  let stopping: Promise<void> | undefined;
  function stop(): Promise<void> {
    stopping ??= (async () => {
      operations.close();
      await server.close();
      await balancer?.stop();
      await gke.stop();
      store.flush();
      fs.rmSync(announcement, { force: true });
      end();
    })();
    return stopping;
  }
  return { url: server.url, stop, stopped };
}

/** The load balancers, where there is an Envoy to carry their requests. */
function balancerOf({ dataPlane, stateDir }: DaemonConfig, gke: Gke): Balancer | undefined {
  if (dataPlane?.envoy === undefined) return undefined;
  const directory = path.join(stateDir, "loadBalancer");
  const forwardings = () => gke.forwardings();
  return new Balancer({ envoy: dataPlane.envoy, directory, forwardings });
}

function vpcOf(cloud: Cloud, traffic: () => Traffic): Vpc {
  const listeners = () => traffic().gateways.flatMap((gateway) => gateway.listeners);
  return new Vpc({ listeners, names: () => dnsAnswers(cloud) });
}

/**
 * Restarts the existing clusters. Operations in progress restart the clusters that they create or
 * delete.
 */
async function resumeGke({ store, operations, gke }: Cloud): Promise<void> {
  const settled = (resource: Stored) => {
    const verb = operations.runningOn(resource)?.body.verb;
    return verb === undefined || verb === "patch";
  };
  const clusters = store.list(CLUSTER).filter((c) => settled(c) && c.body.endpoint !== undefined);
  const specs: ClusterSpec[] = clusters.map(({ name, body }) => clusterSpec(store, name, body));
  const pools: NodePoolSpec[] = store
    .list(NODE_POOL)
    .filter((pool) => settled(pool) && specs.some(({ id }) => pool.name.startsWith(`${id}/`)))
    .map(({ name, body }) => nodePoolSpec(name, body));
  if (specs.length === 0) return;
  // A port may be taken since: then a cluster has another endpoint than before.
  for (const [id, endpoint] of await gke.resume(specs, pools)) {
    const cluster = store.get(CLUSTER, id);
    if (!cluster) continue;
    const { body } = cluster;
    store.put(CLUSTER, id, merge(body, endpointFields(endpoint, body)) as Cluster);
  }
}

/**
 * The port of a killed daemon, so that clients which know its address still find the cloud; 0
 * where there was none.
 * @throws Error where the earlier daemon is still alive
 */
async function earlierDaemon(announcement: string): Promise<{ port: number }> {
  if (!fs.existsSync(announcement)) return { port: 0 };
  const { pid, url } = JSON.parse(fs.readFileSync(announcement, "utf8")) as {
    pid: number;
    url: string;
  };
  const alive = await fetch(`${url}/admin/knobs`).then(
    (response) => response.ok,
    () => false,
  );
  if (!alive) return { port: Number(new URL(url).port) };
  throw new Error(`${path.dirname(announcement)}: another daemon (pid ${pid}) serves it at ${url}`);
}

/** Replaces the file as a whole: who waits for it never reads half of it. */
function announce(file: string, url: string): void {
  fs.writeFileSync(`${file}.new`, JSON.stringify({ pid: process.pid, url }));
  fs.renameSync(`${file}.new`, file);
}

function withResolvers(): { promise: Promise<void>; resolve: () => void } {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((done) => (resolve = done));
  return { promise, resolve };
}
