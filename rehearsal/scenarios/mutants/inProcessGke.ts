import type { Forwarding } from "../../emulator/gke/forwarding";
import type {
  ClusterEndpoint,
  Gke,
  LoadBalancer,
  MultiClusterGateways,
} from "../../emulator/gke/gke";

/** GKE on paper: takes every cluster and node pool that the cloud's own rules let through, and runs nothing. */
export class InProcessGke implements Gke {
  createCluster(): Promise<ClusterEndpoint> {
    return Promise.resolve({ address: "127.0.0.1:6443", caCertificate: "Y2E=" });
  }

  updateCluster(): Promise<void> {
    return Promise.resolve();
  }

  deleteCluster(): Promise<void> {
    return Promise.resolve();
  }

  setNodePool(): Promise<void> {
    return Promise.resolve();
  }

  deleteNodePool(): Promise<void> {
    return Promise.resolve();
  }

  cloudChanged(): void {
    return undefined;
  }

  forwardings(): Forwarding[] {
    return [];
  }

  loadBalancers(): LoadBalancer[] {
    return [];
  }

  exportedPools(): [] {
    return [];
  }

  exportedPoolsOf(): Promise<[]> {
    return Promise.resolve([]);
  }

  multiClusterGateways(): MultiClusterGateways {
    return { existing: [] };
  }

  diagnose(): Promise<string[]> {
    return Promise.resolve([]);
  }

  abandoned(): string[] {
    return [];
  }

  controlPlanes(): [] {
    return [];
  }

  resume(): Promise<Map<string, ClusterEndpoint>> {
    return Promise.resolve(new Map());
  }

  stop(): Promise<void> {
    return Promise.resolve();
  }
}
