import * as https from "node:https";
import * as path from "node:path";

import type { ControlPlaneConfig } from "./config";

export function apiServerArgs(
  config: ControlPlaneConfig,
  port: number,
  kubernetes: string,
): string[] {
  const at = (name: string) => path.join(config.directory, name);
  return [
    `--emulated-version=${kubernetes}`,
    `--etcd-servers=${config.etcd.url}`,
    `--etcd-prefix=${config.etcd.prefix}`,
    "--etcd-count-metric-poll-period=0",
    "--bind-address=127.0.0.1",
    `--secure-port=${port}`,
    `--tls-cert-file=${at("server.crt")}`,
    `--tls-private-key-file=${at("server.key")}`,
    `--token-auth-file=${at("tokens.csv")}`,
    // IAM decides, as in GKE, who anyone but the administrator is and what they may do.
    `--authentication-token-webhook-config-file=${at("authentication.kubeconfig")}`,
    "--authentication-token-webhook-version=v1",
    "--authorization-mode=RBAC,Webhook",
    `--authorization-webhook-config-file=${at("authorization.kubeconfig")}`,
    "--authorization-webhook-version=v1",
    // A role that is granted helps at once.
    "--authorization-webhook-cache-unauthorized-ttl=1ms",
    `--service-account-issuer=${config.issuer}`,
    `--service-account-key-file=${at("service-account.pub")}`,
    `--service-account-signing-key-file=${at("service-account.key")}`,
    // The range that GKE gives services unless told otherwise.
    "--service-cluster-ip-range=34.118.224.0/20",
    // A loopback address is not allowed as an endpoint of the `kubernetes` service.
    "--endpoint-reconciler-type=none",
    // GKE lets pods that ask for a GPU onto tainted GPU nodes by themselves.
    "--enable-admission-plugins=ExtendedResourceToleration",
    // It taints new nodes not-ready; the controller that takes the taint off again does not run
    // here.
    "--disable-admission-plugins=TaintNodesByCondition",
    "--profiling=false",
  ];
}

/** Whether the API server at a port of this machine says that it is ready. */
export function isReady(port: number, ca: string, token: string): Promise<boolean> {
  return new Promise((resolve) => {
    const request = https.get(
      {
        host: "127.0.0.1",
        port,
        path: "/readyz",
        ca,
        headers: { authorization: `Bearer ${token}` },
        agent: false,
        timeout: 2000,
      },
      (response) => {
        response.resume();
        resolve(response.statusCode === 200);
      },
    );
    request.on("timeout", () => request.destroy());
    request.on("error", () => resolve(false));
  });
}
