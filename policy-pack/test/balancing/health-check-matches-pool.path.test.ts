import { UNKNOWN } from "../support/unknown";
import { fleet, healthCheck, inCluster, withChanged } from "../fixtures/fleet";
import { CONFIG, HTTP, check, checked, findings } from "../fixtures/healthCheckMatchesPool";
import { server } from "../fixtures/inference";
import { pending } from "../fixtures/messages";
import { asGenerated, changed } from "../fixtures/stack";
import type { Registered } from "../support/policies";

const VLLM = "vLLM v0.18.1";
const PATH = `${HTTP}.requestPath`;
const path = (value?: unknown) => changed(healthCheck, PATH, value);
const noPath =
  `${PATH}: is not set, so Google Cloud asks for /, which model servers do not answer; ` +
  'write where the servers say whether they are well, such as "/health"';
const otherPath = (given: string, server: string) =>
  `${PATH}: "${given}" is not a health path of ${server}; write "/health"`;
const servers = (image: unknown = "vllm/vllm-openai:v0.18.1", clusterName = "us") =>
  inCluster(changed(server, "spec.template.spec.containers.0.image", image), clusterName);

const elsewhere = (app: string, ns: string) =>
  changed(changed(servers(), "metadata.namespace", ns), "spec.template.metadata.labels.app", app);

describe("a check's path", () => {
  test.each<[string, readonly Registered[]]>([
    ["vLLM's", [...fleet, servers(), servers(undefined, "eu")]],
    ["of servers of another make", [...withChanged(path("/ready")), servers("own/server:v1")]],
    ["of servers that are not here", withChanged(path("/ready"))],
    [
      "of servers that no pool selects",
      [...withChanged(path("/ready")), elsewhere("other", "llm")],
    ],
    [
      "of servers in another namespace",
      [...withChanged(path("/ready")), elsewhere("llm", "other")],
    ],
    ["of SGLang's", [...withChanged(path("/health_generate")), servers("lmsysorg/sglang:v0.5.0")]],
    ["of a check by TCP", checked({ type: "TCP", tcpHealthCheck: { port: 8000 } })],
    ["of no block that can be read", check(`${CONFIG}.tcpHealthCheck`, null)],
  ])("may be %s", async (_, resources) => {
    expect(await findings(resources)).toEqual([]);
    expect(await findings(resources, { firstPreview: true })).toEqual([]);
  });

  test.each<[string, readonly Registered[], string]>([
    ["missing", withChanged(path()), noPath],
    ["empty", withChanged(path("")), noPath],
    ["null", withChanged(path(null)), noPath],
    ["a number", withChanged(path(5)), noPath],
    ["missing in a generated class", withChanged(path()).map(asGenerated), noPath],
    [
      "missing by HTTPS",
      checked({ type: "HTTPS", httpsHealthCheck: { port: 8000 } }),
      noPath.replace("http", "https"),
    ],
    [
      "one of another server",
      [...withChanged(path("/ready")), servers()],
      otherPath("/ready", VLLM),
    ],
    [
      "one of another server, in both clusters",
      [...withChanged(path("/ready")), servers(), servers(undefined, "eu")],
      otherPath("/ready", VLLM),
    ],
    [
      "one of another server, whose version is not known",
      [...withChanged(path("/health/ready")), servers("lmsysorg/sglang")],
      otherPath("/health/ready", "SGLang"),
    ],
  ])("is not to be %s", async (_, resources, message) => {
    expect(await findings(resources)).toEqual([["mandatory", "health", message]]);
    expect(await findings(resources, { firstPreview: true })).toEqual([
      ["mandatory", "health", message],
    ]);
  });

  test("may not be known yet, as may the servers' image", async () => {
    const hidden = [...withChanged(path(UNKNOWN)), servers()];
    expect(await findings(hidden)).toEqual([["advisory", "health", pending(PATH)]]);
    expect(await findings([...withChanged(path("/ready")), servers(UNKNOWN)])).toEqual([]);
  });
});

const TYPE = `${CONFIG}.type`;
const httpsCheck = checked({
  type: "HTTPS",
  httpsHealthCheck: { port: 8000, requestPath: "/health" },
});
/** Servers with these arguments. */
const started = (...args: string[]) =>
  changed(servers(), "spec.template.spec.containers.0.args", args);
const proxied = (server: Registered) =>
  changed(server, "spec.template.spec.containers.1", { name: "proxy", image: "nginx:1.29" });

describe("a check's type", () => {
  test.each<[string, readonly Registered[]]>([
    ["HTTP", [...fleet, started("--port", "8000")]],
    ["HTTPS", [...httpsCheck, started("--ssl-certfile", "a", "--ssl-keyfile", "b")]],
    ["HTTPS of a proxy beside the server", [...httpsCheck, proxied(started())]],
    ["HTTP of a proxy beside the server", [...fleet, proxied(started("--ssl-certfile", "a"))]],
    ["that of a server with a file of flags", [...httpsCheck, started("--config", "a")]],
    [
      "that of a server that a script starts",
      [...httpsCheck, changed(started(), "spec.template.spec.containers.0.command", ["sh"])],
    ],
    ["that of another server", [...httpsCheck, servers("own/server:v1")]],
  ])("may be %s", async (_, resources) => {
    expect(await findings(resources)).toEqual([]);
  });

  test.each<[string, readonly Registered[], string]>([
    [
      "HTTP for a server with a certificate",
      [...fleet, started("--ssl-certfile", "a")],
      `asks in plain HTTP, but with --ssl-certfile ${VLLM} of server takes HTTPS only; ` +
        'write "HTTPS", with httpsHealthCheck',
    ],
    [
      "HTTPS for a server without one",
      [...httpsCheck, started("--port", "8000")],
      `asks by HTTPS, but without --ssl-certfile ${VLLM} of server takes plain HTTP only; ` +
        'write "HTTP", with httpHealthCheck',
    ],
  ])("is not to be %s", async (_, resources, message) => {
    expect(await findings(resources)).toEqual([["mandatory", "health", `${TYPE}: ${message}`]]);
  });
});
