import { createHash } from "node:crypto";
import * as http from "node:http";
import { AddressInfo } from "node:net";

import { BINARIES } from "../../../toolchain/binaries";
import { Release } from "../../../toolchain/releases";
import { bodyOf, fakeGo, sorted } from "../support";
import { BUILDS, DATA_PLANE_BUILDS, Resolver, sourcesOf } from "./support/resolver";

const resolver = Resolver.forEach();

describe("official releases", () => {
  let server: http.Server;
  let base: string;
  let files: Record<string, string>;

  beforeEach(async () => {
    fakeGo(resolver.sandbox);
    files = {};
    server = http.createServer((request, response) => {
      const body = files[request.url ?? ""];
      response.writeHead(body === undefined ? 404 : 200);
      response.end(request.method === "HEAD" ? undefined : body);
    });
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    for (const { name, version } of BINARIES) {
      files[`/${name}`] = `#!/bin/sh\n${bodyOf(name, version)}\n`;
      files[`/${name}.sha256`] = createHash("sha256")
        .update(files[`/${name}`] ?? "")
        .digest("hex");
    }
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  const releases = (): Release[] =>
    BINARIES.map(({ name, version }) => ({
      members: { [name]: "" },
      version,
      url: `${base}/${name}`,
      sums: `${base}/${name}.sha256`,
    }));

  test("are downloaded where their hosts answer, and kept in the cache", async () => {
    const first = await resolver.resolve({ releases: releases() });
    expect(sourcesOf(first.toolchain)).toMatchObject({
      etcd: "download 3.6.8",
      pulumi: "download 3.259.0",
    });
    expect(resolver.builds()).toEqual(DATA_PLANE_BUILDS);
    server.closeAllConnections();
    server.close();
    const second = await resolver.resolve({ releases: releases() });
    expect(second.said).toEqual([]);
    expect(second.toolchain.etcd.source).toBe("cache");
  });

  test("that are out of reach are built instead, after one sentence", async () => {
    delete files["/etcd"];
    delete files["/kube-apiserver.sha256"];
    const { said, toolchain } = await resolver.resolve({ releases: releases() });
    const { host } = new URL(base);
    expect(said[0]).toBe(
      `No official download from here (${host}: HTTP 404): building with Go instead`,
    );
    expect(sorted(resolver.builds())).toEqual(
      sorted(["etcd", "kube-apiserver", ...DATA_PLANE_BUILDS]),
    );
    expect(toolchain.pulumi.source).toBe("download");
  });

  test("with another checksum than the published one are built instead", async () => {
    files["/etcd"] += "# tampered\n";
    const { said } = await resolver.resolve({ releases: releases() });
    expect(said.filter((line) => line.includes("SHA-256"))).toEqual([
      expect.stringMatching(
        /^http\S+\/etcd has SHA-256 \w{64}, http\S+\/etcd.sha256 says \w{64}: building with Go instead$/,
      ),
    ]);
    expect(resolver.builds()).toEqual(["etcd", ...DATA_PLANE_BUILDS]);
  });

  test("are not built instead when their download is interrupted", async () => {
    const stop = new AbortController();
    server.prependListener("request", ({ method, url }) => {
      if (method === "GET" && url === "/etcd") stop.abort(new Error("interrupted"));
    });
    await expect(resolver.resolve({ releases: releases(), signal: stop.signal })).rejects.toThrow(
      "interrupted",
    );
    expect(resolver.sandbox.exists("go.log") && resolver.sandbox.read("go.log")).not.toContain(
      "build",
    );
    expect(resolver.sandbox.cached().filter((name) => name.startsWith("."))).toEqual([]);
  });

  test("that do not run here are built instead", async () => {
    files["/etcd"] = "not a program";
    files["/etcd.sha256"] = createHash("sha256").update(files["/etcd"]).digest("hex");
    const { said } = await resolver.resolve({ releases: releases() });
    expect(said).toContain(
      'etcd should be 3.6.8, but run with "--version" it fails: building with Go instead',
    );
    expect(resolver.builds()).toEqual(["etcd", ...DATA_PLANE_BUILDS]);
  });

  test("are not asked for by TOOLCHAIN=build, and are the only way of TOOLCHAIN=download", async () => {
    await resolver.resolve({ releases: releases(), TOOLCHAIN: "build" });
    expect(resolver.builds()).toHaveLength(BUILDS);
    delete files["/etcd"];
    const { host } = new URL(base);
    await expect(resolver.resolve({ releases: releases(), TOOLCHAIN: "download" })).rejects.toThrow(
      new Error(
        "TOOLCHAIN=download gives no etcd 3.6.8. " +
          "Leave TOOLCHAIN out to try PATH, official downloads and a Go build.\n" +
          `  No official download from here (${host}: HTTP 404): TOOLCHAIN allows no other way`,
      ),
    );
  });
});
