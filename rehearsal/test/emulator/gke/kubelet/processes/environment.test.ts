import { environmentOf, expand } from "../../../../../emulator/gke/kubelet/processes/environment";
import { Container, Pod } from "../../../../../emulator/gke/world/kinds";
import { object } from "../../support/world";
import { clientOf } from "./support/client";

const OBJECTS = [
  object("ConfigMap", "ns/settings", { data: { LEVEL: "debug", SIZE: "3" } }),
  object("Secret", "ns/token", { data: { token: Buffer.from("hf_x").toString("base64") } }),
];
const POD = object(
  "Pod",
  "ns/p",
  { spec: { nodeName: "n1", containers: [] } },
  {
    uid: "u1",
    labels: { app: "vllm" },
  },
) as Pod;

function environment(container: Partial<Container>) {
  return environmentOf(clientOf(OBJECTS), POD, { name: "c", ...container }, "127.4.0.2");
}

test("variables come from values, ConfigMaps, Secrets and fields of the pod", async () => {
  const field = (name: string, fieldPath: string) => ({
    name,
    valueFrom: { fieldRef: { fieldPath } },
  });
  const env = await environment({
    envFrom: [{ prefix: "P_", configMapRef: { name: "settings" } }],
    env: [
      { name: "PLAIN", value: "x" },
      { name: "TOKEN", valueFrom: { secretKeyRef: { name: "token", key: "token" } } },
      { name: "SIZE", valueFrom: { configMapKeyRef: { name: "settings", key: "SIZE" } } },
      field("NAME", "metadata.name"),
      field("NAMESPACE", "metadata.namespace"),
      field("IP", "status.podIP"),
      field("APP", "metadata.labels['app']"),
      { name: "ARGS", value: "$(NAME)/$(SIZE)/$(NONE)/$$(NAME)" },
    ],
  });
  expect(env).toEqual({
    ...{ P_LEVEL: "debug", P_SIZE: "3", PLAIN: "x", TOKEN: "hf_x", SIZE: "3" },
    ...{ NAME: "p", NAMESPACE: "ns", IP: "127.4.0.2", APP: "vllm" },
    ARGS: "p/3/$(NONE)/$(NAME)",
  });
});

test("an optional key that is missing sets nothing", async () => {
  const valueFrom = { secretKeyRef: { name: "none", key: "k", optional: true } };
  expect(await environment({ env: [{ name: "A", valueFrom }] })).toEqual({});
});

test("an argument takes variables too", () => {
  expect(expand("--pod=$(NAME)", { NAME: "p" })).toBe("--pod=p");
});
