import {
  containerRefusal,
  isImageReference,
  mountRefusal,
} from "../../../../emulator/gke/kubelet/references";
import { Container, Pod, Volume } from "../../../../emulator/gke/world/kinds";
import { clusterSpec, FakeCloud, FakeCluster, object } from "../support/world";

const cluster = new FakeCluster(clusterSpec("c", "us-east4"), [
  object("Secret", "default/hf-token", { data: { token: "" } }),
  object("ConfigMap", "default/adapters", { data: { "configmap.yaml": "" } }),
  object("Secret", "other/elsewhere", { data: { token: "" } }),
]);

function podWith(container: Partial<Container>, volumes: Volume[] = []): [Pod, Container] {
  const full = { name: "c", image: "busybox", ...container };
  return [object("Pod", "default/p", { spec: { containers: [full], volumes } }), full];
}

function variable(source: object): Partial<Container> {
  return { env: [{ name: "X", valueFrom: source }] };
}

test.each([
  [variable({ secretKeyRef: { name: "hf-token", key: "token" } }), undefined],
  [variable({ secretKeyRef: { name: "hf-tokn", key: "token" } }), 'secret "hf-tokn" not found'],
  [
    variable({ secretKeyRef: { name: "hf-token", key: "tokn" } }),
    "couldn't find key tokn in Secret default/hf-token",
  ],
  [variable({ secretKeyRef: { name: "x", key: "y", optional: true } }), undefined],
  [variable({ secretKeyRef: { name: "elsewhere", key: "token" } }), 'secret "elsewhere" not found'],
  [variable({ configMapKeyRef: { name: "adapters", key: "configmap.yaml" } }), undefined],
  [variable({ configMapKeyRef: { name: "x", key: "y" } }), 'configmap "x" not found'],
  [
    variable({ configMapKeyRef: { name: "adapters", key: "y" } }),
    "couldn't find key y in ConfigMap default/adapters",
  ],
  [variable({ fieldRef: { fieldPath: "metadata.name" } }), undefined],
  [{ envFrom: [{ configMapRef: { name: "adapters" } }] }, undefined],
  [{ envFrom: [{ configMapRef: { name: "x" } }] }, 'configmap "x" not found'],
  [{ envFrom: [{ secretRef: { name: "x" } }] }, 'secret "x" not found'],
  [{ envFrom: [{ secretRef: { name: "x", optional: true } }] }, undefined],
])("environment %j", (fields, message) => {
  const expected =
    message === undefined ? undefined : { reason: "CreateContainerConfigError", message };
  expect(containerRefusal(cluster, ...podWith(fields as Partial<Container>))).toEqual(expected);
});

test("an image that is no reference", () => {
  expect(containerRefusal(cluster, ...podWith({ image: "Vllm:latest" }))).toEqual({
    reason: "InvalidImageName",
    message:
      'Failed to apply default image tag "Vllm:latest": couldn\'t parse image name "Vllm:latest": invalid reference format',
  });
});

test.each([
  ["busybox", true],
  ["vllm/vllm-openai:v0.18.1", true],
  ["registry.k8s.io/gateway-api-inference-extension/epp:v1.5.0", true],
  ["localhost:5000/a/b:c", true],
  [`a/b@sha256:${"0".repeat(64)}`, true],
  ["a/b@sha256:00", false],
  ["a b", false],
  ["a:", false],
  ["a//b", false],
  ["", false],
])("image %p: %s", (image, expected) => {
  expect(isImageReference(image)).toBe(expected);
});

const FAILED = 'MountVolume.SetUp failed for volume "v" : ';

test.each([
  [{ emptyDir: { medium: "Memory" } }, undefined],
  [{ configMap: { name: "adapters" } }, undefined],
  [{ configMap: { name: "x" } }, `${FAILED}configmap "x" not found`],
  [{ configMap: { name: "x", optional: true } }, undefined],
  [
    { configMap: { name: "adapters", items: [{ key: "y" }] } },
    `${FAILED}references non-existent config key: y`,
  ],
  [{ secret: { secretName: "hf-token" } }, undefined],
  [{ secret: { secretName: "x" } }, `${FAILED}secret "x" not found`],
  [{ secret: { secretName: "x", optional: true } }, undefined],
  [
    { secret: { secretName: "hf-token", items: [{ key: "y" }] } },
    `${FAILED}references non-existent secret key: y`,
  ],
  [
    { projected: { sources: [{ serviceAccountToken: {} }, { configMap: { name: "x" } }] } },
    `${FAILED}configmap "x" not found`,
  ],
  [{ projected: { sources: [{ secret: { name: "x" } }] } }, `${FAILED}secret "x" not found`],
  [
    { persistentVolumeClaim: { claimName: "x" } },
    `${FAILED}volumes of type persistentVolumeClaim are not rehearsed`,
  ],
])("volume %j", (source, expected) => {
  const [pod] = podWith({}, [{ name: "v", ...source } as Volume]);
  expect(mountRefusal({ objects: cluster, cloud: new FakeCloud() }, pod)).toBe(expected);
});
