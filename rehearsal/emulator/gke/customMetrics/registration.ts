import { setTimeout as sleep } from "node:timers/promises";

import { KubeClient } from "../../kube/client";
import { KubeError } from "../../kube/errors";
import { KubeObject } from "../../kube/objects";
import { GROUP, VERSION } from "./answers";

const SERVICE = { namespace: "kube-system", name: "custom-metrics" };

/** The name that an API server expects in the certificate of what it finds behind the Service. */
export const SERVER_NAME = `${SERVICE.name}.${SERVICE.namespace}.svc`;

/**
 * What leads the API server to a port of this machine. A Service with an address in its endpoints cannot: loopback
 * addresses are refused there. The name of an ExternalName may be one.
 */
export function registration(port: number, caCertificate: string): KubeObject[] {
  return [
    {
      apiVersion: "v1",
      kind: "Service",
      metadata: SERVICE,
      spec: { type: "ExternalName", externalName: "127.0.0.1" },
    },
    {
      apiVersion: "apiregistration.k8s.io/v1",
      kind: "APIService",
      metadata: { name: `${VERSION}.${GROUP}` },
      spec: {
        group: GROUP,
        version: VERSION,
        groupPriorityMinimum: 100,
        versionPriority: 100,
        service: { ...SERVICE, port },
        caBundle: Buffer.from(caCertificate).toString("base64"),
      },
    },
  ];
}

const FIELD_MANAGER = "gke-addon-manager";
const SERVED_WITHIN_MS = 60_000;
const POLL_MS = 50;

/**
 * Registers the API with the cluster and waits until it is served: an API that is registered and does not answer makes
 * discovery fail for every client. @param objects from `registration`
 */
export async function register(client: KubeClient, objects: KubeObject[]): Promise<void> {
  const deadline = Date.now() + SERVED_WITHIN_MS;
  for (const object of objects) {
    await client.apply(object, { fieldManager: FIELD_MANAGER, force: true });
  }
  while (!(await isServed(client))) {
    if (Date.now() > deadline) throw new Error(`${VERSION}.${GROUP} is not served`);
    await sleep(POLL_MS);
  }
}

async function isServed(client: KubeClient): Promise<boolean> {
  return client.request("GET", `/apis/${GROUP}/${VERSION}`).then(
    () => true,
    (error: unknown) => {
      if (error instanceof KubeError && [404, 503].includes(error.code)) return false;
      throw error;
    },
  );
}
