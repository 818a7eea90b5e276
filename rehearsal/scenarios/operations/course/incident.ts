import { MERGE_PATCH } from "../../../emulator/kube/client";

import {
  BACKEND_POLICY,
  expectSame,
  HEALTH_CHECK,
  MODEL_SERVER,
  NAMESPACE,
  type Scene,
} from "../scene";
import type { Step } from "../step";

const WEST = "--context gke_my-project-dev_europe-west3_gke-west";
const POLICY = `gcpbackendpolicy/${BACKEND_POLICY.name} -n ${NAMESPACE} ${WEST}`;
const CONFIGURED = 60;
const BY_HAND = 40;
const PREVIEWED = { PULUMI_OPTION_SKIP_PREVIEW: "false" };
/** Seconds between two health checks that another hand applies. */
const APPLIED = 7;

/** The first look, and what was changed outside of the program. */
export const incident: readonly Step[] = [
  { command: "pulumi stack output drained --stack prod", says: [/\[\]/] },
  {
    command:
      "kubectl get gateways,httproutes,gcpbackendpolicies -n inference --context gke_my-project_europe-west3_gke-west",
    says: [
      /^gateway\S+\/cross-region-gateway +gke-l7-cross-regional-internal-managed-mc +\S+ +True /m,
      /^httproute\S+\/cross-region-gateway/m,
      /^gcpbackendpolicy\S+\/cross-region-gateway/m,
    ],
  },
  {
    command:
      "kubectl get pods,inferencepools -n inference --context gke_my-project_us-east4_gke-east",
    says: [
      new RegExp(`^pod/${MODEL_SERVER}-\\S+ +1/1 +Running `, "m"),
      new RegExp(`^pod/${MODEL_SERVER}-epp-\\S+ +1/1 +Running `, "m"),
      new RegExp(`^inferencepool\\S+/${MODEL_SERVER} `, "m"),
    ],
  },
  {
    command: "kubectl describe",
    more: `gateway/cross-region-gateway -n ${NAMESPACE} ${WEST}`,
    says: [/^ +Type: +Programmed$/m],
  },
  {
    command: "pulumi refresh --preview-only --stack prod",
    // It changes nothing, and refuses to skip the question whether it may.
    env: { ...PREVIEWED, PULUMI_SKIP_CONFIRMATIONS: "false" },
    before: scale,
    says: [/Deployment gke-east update/],
    seen: (scene) => expectReplicas(scene, 2),
  },
  {
    command: "kubectl edit",
    more: POLICY,
    env: {
      KUBE_EDITOR: `sed -i 's/maxUtilizationPercent: ${CONFIGURED}/maxUtilizationPercent: ${BY_HAND}/'`,
    },
    seen: (scene) => expectUtilization(scene, BY_HAND),
  },
  {
    command: "kubectl apply",
    more: `-f health-check.json ${WEST}`,
    before: async (scene) => {
      const { apiVersion, kind, metadata, spec } = await scene.object("gke-west", HEALTH_CHECK);
      const { name, namespace } = metadata;
      const { default: settings, ...rest } = spec as { default: object };
      const applied = { ...rest, default: { ...settings, checkIntervalSec: APPLIED } };
      scene.file("program/health-check.json", {
        apiVersion,
        kind,
        metadata: { name, namespace },
        spec: applied,
      });
    },
    seen: (scene) => expectInterval(scene, true),
  },
  {
    command: "pulumi up --refresh",
    env: PREVIEWED,
    refused: true,
    // The engine may end at the first of the two.
    says: [/Server-Side Apply field conflict/, /conflict with "kubectl-(edit|client-side-apply)"/],
    seen: (scene) => expectUtilization(scene, BY_HAND),
  },
  {
    command: "PULUMI_K8S_ENABLE_PATCH_FORCE=true pulumi up --refresh --stack prod",
    seen: async (scene) => {
      await expectUtilization(scene, CONFIGURED);
      await expectInterval(scene, false);
      await expectReplicas(scene, 1);
    },
  },
];

/** What `kubectl scale` does. */
async function scale(scene: Scene): Promise<void> {
  const ref = { apiVersion: "apps/v1", kind: "Deployment", namespace: NAMESPACE };
  const body = { spec: { replicas: 2 } };
  await scene.sandbox.asked("gke-east", (client) =>
    client.patch(
      { ...ref, name: MODEL_SERVER },
      body,
      MERGE_PATCH,
      { fieldManager: "kubectl" },
      "scale",
    ),
  );
}

async function expectReplicas(scene: Scene, expected: number): Promise<void> {
  const { spec } = await scene.deployment("gke-east");
  expectSame("replicas", (spec as { replicas: number }).replicas, expected);
}

async function expectUtilization(scene: Scene, expected: number): Promise<void> {
  const { spec } = (await scene.object("gke-west", BACKEND_POLICY)) as {
    spec?: { default: { customMetrics: { maxUtilizationPercent: number }[] } };
  };
  const percents = spec?.default.customMetrics.map((metric) => metric.maxUtilizationPercent);
  expectSame("maxUtilizationPercent", percents, [expected]);
}

async function expectInterval(scene: Scene, applied: boolean): Promise<void> {
  const { spec } = (await scene.object("gke-west", HEALTH_CHECK)) as {
    spec?: { default: { checkIntervalSec?: number } };
  };
  expectSame("another interval", spec?.default.checkIntervalSec === APPLIED, applied);
}
