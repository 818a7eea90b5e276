import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";

import { writeKubeconfig } from "../../../../../emulator/gke/kubelet/processes/account";
import {
  onThisMachine,
  writeVolumes,
} from "../../../../../emulator/gke/kubelet/processes/podFiles";
import { Container, Pod } from "../../../../../emulator/gke/world/kinds";
import { object } from "../../support/world";
import { clientOf } from "./support/client";

let directory = "";
beforeEach(async () => {
  directory = await fs.mkdtemp(path.join(os.tmpdir(), "pod-"));
});
afterEach(() => fs.rm(directory, { recursive: true }));

const OBJECTS = [
  object("ConfigMap", "ns/plugins", { data: { "a.yaml": "a: 1", "b.yaml": "b: 1" } }),
  object("Secret", "ns/token", { data: { token: Buffer.from("hf_x").toString("base64") } }),
];

function pod(spec: object): Pod {
  return object("Pod", "ns/p", { spec: { containers: [], ...spec } }, { uid: "u1" }) as Pod;
}

async function written(volumes: object[]): Promise<Record<string, string>> {
  await writeVolumes(clientOf(OBJECTS), pod({ volumes }), directory);
  const files = await fs.readdir(directory, { recursive: true, withFileTypes: true });
  const texts = files
    .filter((file) => file.isFile())
    .map(async ({ parentPath, name }) => {
      const file = path.join(parentPath, name);
      return [path.relative(directory, file), await fs.readFile(file, "utf8")] as const;
    });
  return Object.fromEntries(await Promise.all(texts));
}

test("ConfigMaps and Secrets become files, whole or by their items", async () => {
  const files = await written([
    { name: "config", configMap: { name: "plugins" } },
    {
      name: "one",
      configMap: { name: "plugins", items: [{ key: "a.yaml", path: "deep/x.yaml" }] },
    },
    { name: "secret", secret: { secretName: "token" } },
    { name: "all", projected: { sources: [{ secret: { name: "token" } }] } },
    { name: "scratch", emptyDir: {} },
  ]);
  expect(files).toEqual({
    "volumes/config/a.yaml": "a: 1",
    "volumes/config/b.yaml": "b: 1",
    "volumes/one/deep/x.yaml": "a: 1",
    "volumes/secret/token": "hf_x",
    "volumes/all/token": "hf_x",
  });
  expect(await fs.readdir(path.join(directory, "volumes/scratch"))).toEqual([]);
});

test("a path below a mount leads to the volume, any other argument stays", () => {
  const container: Container = {
    name: "c",
    volumeMounts: [
      { name: "config", mountPath: "/config" },
      { name: "deep", mountPath: "/config/deep", subPath: "sub" },
    ],
  };
  const of = (argument: string) => onThisMachine(argument, container, "/pod");
  expect(["/config/a.yaml", "/config", "/config/deep/b", "/configs/a", "--v=1"].map(of)).toEqual([
    ...["/pod/volumes/config/a.yaml", "/pod/volumes/config", "/pod/volumes/deep/sub/b"],
    ...["/configs/a", "--v=1"],
  ]);
});

test("a pod calls its API server with a token of its own service account", async () => {
  const requests: unknown[] = [];
  const file = await writeKubeconfig(
    clientOf([], requests),
    pod({ serviceAccountName: "epp" }),
    directory,
  );
  const spec = {
    expirationSeconds: 604_800,
    boundObjectRef: { apiVersion: "v1", kind: "Pod", name: "p", uid: "u1" },
  };
  const body = { apiVersion: "authentication.k8s.io/v1", kind: "TokenRequest", spec };
  const account = "/api/v1/namespaces/ns/serviceaccounts/epp";
  expect(requests).toEqual([["POST", `${account}/token`, body]]);
  expect(JSON.parse(await fs.readFile(file, "utf8"))).toMatchObject({
    clusters: [
      { cluster: { server: "https://127.0.0.1:6443", "certificate-authority-data": "Y2E=" } },
    ],
    users: [{ user: { token: "t0k3n" } }],
    contexts: [{ context: { namespace: "ns" } }],
  });
});
