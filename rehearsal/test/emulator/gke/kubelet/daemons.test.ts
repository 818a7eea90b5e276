import { whyEndless } from "../../../../emulator/gke/kubelet/daemons";

const AFTER = "and lacks restartPolicy: Always, so the containers after it never start";

test.each([
  [
    { name: "lora-adapter-syncer", image: "example.net/anything" },
    `init container lora-adapter-syncer does not end (known to serve, GIE#1535) ${AFTER}`,
  ],
  [
    { name: "syncer", image: "registry.k8s.io/gateway-api-inference-extension/lora-syncer:v1.1.0" },
    `init container syncer does not end (known to serve, GIE#1535) ${AFTER}`,
  ],
  [
    { name: "proxy", image: "envoy", ports: [{ containerPort: 1 }] },
    `init container proxy does not end (it has ports) ${AFTER}`,
  ],
  [
    { name: "proxy", image: "envoy", readinessProbe: {} },
    `init container proxy does not end (it has readinessProbe) ${AFTER}`,
  ],
  [{ name: "pull-lora", image: "alpine/git", command: ["git", "clone"] }, undefined],
])("%j", (container, expected) => {
  expect(whyEndless(container)).toBe(expected);
});
