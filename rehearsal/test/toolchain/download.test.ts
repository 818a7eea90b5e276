import { createHash } from "node:crypto";
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as http from "node:http";
import { AddressInfo } from "node:net";
import * as path from "node:path";

import { downloadRelease, probe } from "../../toolchain/download";
import { Release, releasesFor } from "../../toolchain/releases";
import { Sandbox } from "./support";

let sandbox: Sandbox;
let server: http.Server;
let base: string;
/** What the server has, by path. */
let files: Record<string, Buffer | string>;

beforeEach(async () => {
  sandbox = new Sandbox();
  files = {};
  server = http.createServer((request, response) => {
    const body = files[request.url ?? ""];
    if (body === undefined) response.writeHead(404).end();
    else response.writeHead(200).end(request.method === "HEAD" ? undefined : body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
  sandbox.remove();
});

function release(members: Release["members"], file: string): Release {
  return { members, version: "1.0.0", url: `${base}/${file}`, sums: `${base}/sums` };
}

function download(what: Release): Promise<string> {
  const [directory, scratch] = ["out", "scratch"].map((each) => path.join(sandbox.root, each));
  if (directory === undefined || scratch === undefined) throw new Error("unreachable");
  fs.mkdirSync(directory);
  fs.mkdirSync(scratch);
  return downloadRelease(what, directory, scratch, { onProgress: jest.fn() }).then(() => directory);
}

function sumOf(body: Buffer | string): string {
  return createHash("sha256").update(body).digest("hex");
}

test("a bare binary, with a bare checksum", async () => {
  files = { "/kube-apiserver": "binary", "/sums": sumOf("binary") };
  const directory = await download(release({ "kube-apiserver": "" }, "kube-apiserver"));
  const file = path.join(directory, "kube-apiserver");
  expect(fs.readFileSync(file, "utf8")).toBe("binary");
  expect(fs.statSync(file).mode & 0o777).toBe(0o755);
});

test("binaries of an archive, with a list of checksums", async () => {
  fs.mkdirSync(path.join(sandbox.root, "pulumi"));
  for (const name of ["pulumi", "pulumi-language-nodejs", "pulumi-language-go"]) {
    fs.writeFileSync(path.join(sandbox.root, "pulumi", name), name);
  }
  const archive = path.join(sandbox.root, "p.tar.gz");
  execFileSync("tar", ["-czf", archive, "-C", sandbox.root, "pulumi"]);
  const body = fs.readFileSync(archive);
  files = {
    "/p.tar.gz": body,
    "/sums": `${sumOf("other")}  other.tar.gz\n${sumOf(body)}  p.tar.gz\n`,
  };
  const members = {
    pulumi: "pulumi/pulumi",
    "pulumi-language-nodejs": "pulumi/pulumi-language-nodejs",
  };
  const directory = await download(release(members, "p.tar.gz"));
  expect(fs.readdirSync(directory).sort()).toEqual(["pulumi", "pulumi-language-nodejs"]);
  expect(fs.readFileSync(path.join(directory, "pulumi"), "utf8")).toBe("pulumi");
});

test("another checksum than the published one is refused", async () => {
  files = { "/etcd": "tampered", "/sums": sumOf("binary") };
  await expect(download(release({ etcd: "" }, "etcd"))).rejects.toThrow(
    new Error(
      `${base}/etcd has SHA-256 ${sumOf("tampered")}, ${base}/sums says ${sumOf("binary")}`,
    ),
  );
  expect(sandbox.exists("out/etcd")).toBe(false);
});

test("a list without the file's checksum is refused", async () => {
  files = { "/etcd": "binary", "/sums": `${sumOf("binary")}  another\n` };
  await expect(download(release({ etcd: "" }, "etcd"))).rejects.toThrow(
    new Error(`${base}/sums holds no SHA-256 of etcd`),
  );
});

describe("the probe", () => {
  test("has no objection where file and checksum are there", async () => {
    files = { "/etcd": "binary", "/sums": "sum" };
    expect(await probe(release({ etcd: "" }, "etcd"))).toBeUndefined();
  });

  test("names the host and its refusal", async () => {
    files = { "/sums": "sum" };
    const { host } = new URL(base);
    expect(await probe(release({ etcd: "" }, "etcd"))).toBe(`${host}: HTTP 404`);
  });

  test("names a host that refuses the connection", async () => {
    const { host } = new URL(base);
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    expect(await probe(release({ etcd: "" }, "etcd"))).toBe(`${host}: ECONNREFUSED`);
  });

  test("gives up on a host that does not answer", async () => {
    server.removeAllListeners("request");
    const { host } = new URL(base);
    expect(await probe(release({ etcd: "" }, "etcd"), undefined, 50)).toBe(
      `${host}: no answer in 50 ms`,
    );
  });
});

test("the official releases, with their published checksums", () => {
  expect(releasesFor("linux", "x64").map(({ url, sums }) => [url, sums])).toEqual([
    [
      "https://github.com/etcd-io/etcd/releases/download/v3.6.8/etcd-v3.6.8-linux-amd64.tar.gz",
      "https://github.com/etcd-io/etcd/releases/download/v3.6.8/SHA256SUMS",
    ],
    ...["kube-apiserver", "kube-controller-manager", "kube-scheduler"].map((name) => [
      `https://dl.k8s.io/release/v1.36.4/bin/linux/amd64/${name}`,
      `https://dl.k8s.io/release/v1.36.4/bin/linux/amd64/${name}.sha256`,
    ]),
    [
      "https://get.pulumi.com/releases/sdk/pulumi-v3.259.0-linux-x64.tar.gz",
      "https://github.com/pulumi/pulumi/releases/download/v3.259.0/pulumi-3.259.0-checksums.txt",
    ],
    [
      "https://get.helm.sh/helm-v3.19.0-linux-amd64.tar.gz",
      "https://get.helm.sh/helm-v3.19.0-linux-amd64.tar.gz.sha256sum",
    ],
  ]);
  expect(releasesFor("linux", "arm64").map(({ url }) => url.split("/").at(-1))).toEqual([
    "etcd-v3.6.8-linux-arm64.tar.gz",
    "kube-apiserver",
    "kube-controller-manager",
    "kube-scheduler",
    "pulumi-v3.259.0-linux-arm64.tar.gz",
    "helm-v3.19.0-linux-arm64.tar.gz",
  ]);
  expect(releasesFor("darwin", "arm64")).toEqual([]);
});
