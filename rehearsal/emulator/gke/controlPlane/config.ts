import type { CertificateAuthority } from "./pki";

export interface Binaries {
  kubeApiserver: string;
  kubeControllerManager: string;
  kubeScheduler: string;
}

export interface ControlPlaneConfig {
  /** As in error messages. */
  cluster: string;
  /** Keys, certificates, kubeconfig, logs and the port are kept here. */
  directory: string;
  binaries: Binaries;
  etcd: { url: string; prefix: string };
  ca: CertificateAuthority;
  /** Bearer token of cluster administrators. */
  token: string;
  /** `iss` of service account tokens. */
  issuer: string;
  /** URL where the API server authenticates and authorizes callers, without `/authentication`. */
  accessUrl: string;
}
