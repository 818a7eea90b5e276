import * as yaml from "js-yaml";

export interface ManifestArgs {
  /** The stack or the file of the gateway, in words. */
  from: string;
  /** What the script reads, by name. */
  outputs: Record<string, unknown>;
  /** JavaScript for Node. */
  script: string;
  /** For each answer. */
  timeoutSeconds: number;
  /** How many questions each region is asked, one after another. */
  questions: number;
  /** Prints JSON. */
  json: boolean;
  /** Image with Node 20 or newer. */
  image: string;
}

/** Node's official image, at a release that never changes. */
export const IMAGE = "node:20.19.5-slim";

const NAME = "verify-gateway";
const FOLDER = "/verify";
/** To schedule the pod, with a new node if need be, and to pull its image. */
const START_SECONDS = 600;
/** Long enough to read its log. */
const KEPT_SECONDS = 3600;
/** Any but root's; the script owns no file. */
const USER = 1000;

/** ConfigMap and Job, for `kubectl apply -f -` in any namespace of a cluster in the stack's VPC. */
export function manifestOf(args: ManifestArgs): string {
  return [configMap(args), job(args)]
    .map((object) => yaml.dump(object, { lineWidth: -1 }))
    .join("---\n");
}

function configMap({ outputs, script }: ManifestArgs) {
  return {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: NAME, labels: { app: NAME } },
    data: { "verify.cjs": script, "outputs.json": JSON.stringify(outputs, undefined, 2) },
  };
}

function job(args: ManifestArgs) {
  return {
    apiVersion: "batch/v1",
    kind: "Job",
    metadata: { name: NAME, labels: { app: NAME } },
    spec: {
      // A second try would hide that the first one failed.
      backoffLimit: 0,
      activeDeadlineSeconds: START_SECONDS + Math.ceil(args.questions * args.timeoutSeconds),
      ttlSecondsAfterFinished: KEPT_SECONDS,
      template: { metadata: { labels: { app: NAME } }, spec: pod(args) },
    },
  };
}

/** Fits the `restricted` level of Kubernetes' pod security standards. */
function pod({ from, timeoutSeconds, json, image }: ManifestArgs) {
  const settings = {
    GATEWAY: from,
    OUTPUTS: `${FOLDER}/outputs.json`,
    TIMEOUT_SECONDS: String(timeoutSeconds),
    ...(json && { JSON: "1" }),
  };
  return {
    restartPolicy: "Never",
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    securityContext: {
      runAsNonRoot: true,
      runAsUser: USER,
      runAsGroup: USER,
      seccompProfile: { type: "RuntimeDefault" },
    },
    containers: [
      {
        name: "verify",
        image,
        command: ["node", `${FOLDER}/verify.cjs`],
        env: Object.entries(settings).map(([name, value]) => ({ name, value })),
        resources: {
          requests: { cpu: "100m", memory: "128Mi" },
          limits: { memory: "256Mi" },
        },
        securityContext: {
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ["ALL"] },
        },
        volumeMounts: [{ name: "script", mountPath: FOLDER, readOnly: true }],
      },
    ],
    volumes: [{ name: "script", configMap: { name: NAME } }],
  };
}
