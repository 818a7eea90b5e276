import * as fs from "node:fs/promises";
import * as https from "node:https";
import { text } from "node:stream/consumers";
import * as os from "node:os";
import * as path from "node:path";

import { CustomMetricsServer } from "../../../../emulator/gke/customMetrics/server";
import { CertificateAuthority } from "../../../../emulator/gke/controlPlane/pki";

const API = "/apis/custom.metrics.k8s.io/v1beta2";

let directory: string;
let ca: CertificateAuthority;
let server: CustomMetricsServer;
beforeEach(async () => {
  directory = await fs.mkdtemp(path.join(os.tmpdir(), "custom-metrics-"));
  ca = await CertificateAuthority.open(path.join(directory, "pki"));
  server = await start();
});
afterEach(async () => {
  await server.stop();
  await fs.rm(directory, { recursive: true });
});

function start(): Promise<CustomMetricsServer> {
  return CustomMetricsServer.start(path.join(directory, "cluster"), ca);
}

/** Asks as an API server does, which expects the name of the Service in the certificate. */
function ask(target: string, method = "GET", servername = "custom-metrics.kube-system.svc") {
  return new Promise<{ code?: number; message?: string; kind?: string }>((resolve, reject) => {
    const { port } = server;
    const at = { host: "127.0.0.1", port, path: target, method, ca: ca.pem, servername };
    const request = https.request({ ...at, agent: false }, (response) => {
      expect(response.headers["content-type"]).toBe("application/json");
      void text(response).then((body) =>
        resolve({ ...(JSON.parse(body) as object), code: response.statusCode }),
      );
    });
    request.on("error", reject);
    request.end();
  });
}

const SOURCE = { names: () => ["kv"], values: () => Promise.resolve([]) };

test("answers who trusts the cluster's certificate authority, under the Service's name", async () => {
  server.source = SOURCE;
  expect(await ask(API)).toMatchObject({ code: 200, kind: "APIResourceList" });
  await expect(ask(API, "GET", "localhost")).rejects.toThrow("altnames");
});

test("is reached from this machine alone", async () => {
  const other = new Promise((resolve, reject) => {
    https.get({ host: "127.0.0.2", port: server.port, agent: false }, resolve).on("error", reject);
  });
  await expect(other).rejects.toThrow("ECONNREFUSED");
});

test("refuses while the cluster is being started", async () => {
  expect(await ask(API)).toMatchObject({ code: 503, message: "the cluster is being started" });
});

test("takes no writes", async () => {
  server.source = SOURCE;
  expect(await ask(API, "POST")).toMatchObject({ code: 405, message: "metrics can be read only" });
});

test("says what went wrong, and answers the next question", async () => {
  const values = () => Promise.reject(new Error("boom"));
  server.source = { ...SOURCE, values };
  expect(await ask(`${API}/namespaces/a/pods/*/kv`)).toMatchObject({ code: 500, message: "boom" });
  expect(await ask(`${API}/namespaces/a/pods/*/%`)).toMatchObject({ code: 500 });
  expect(await ask(API)).toMatchObject({ code: 200 });
});

test("has the same port when it is started again", async () => {
  const { port } = server;
  await server.stop();
  server = await start();
  expect(server.port).toBe(port);
});
