import { UNKNOWN } from "../support/unknown";
import { podsRestricted } from "../../pods/pods-restricted";
import { modelServer } from "../fixtures/gpu";
import { pending } from "../fixtures/messages";
import { changed } from "../fixtures/stack";
import { findingsIn } from "../support/findings";
import type { Registered } from "../support/policies";

const SPEC = "spec.template.spec";
const CONTEXT = `${SPEC}.containers[0].securityContext`;
const RuntimeDefault = { seccompProfile: { type: "RuntimeDefault" } };
const restricted = { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } };
const pod = { automountServiceAccountToken: false, securityContext: RuntimeDefault };

const server = (securityContext: unknown = restricted, podSpec: object = {}, container = {}) =>
  modelServer("server", "eu", { ...pod, ...podSpec }, { securityContext, ...container });

const token = (given: string) =>
  `${SPEC}.automountServiceAccountToken: ${given}, so the server holds a credential of the cluster; ` +
  "set it to false, unless the server calls the API server";
const escalation = (given: string) =>
  `${CONTEXT}.allowPrivilegeEscalation: ${given}, so a process may get more rights than the server ` +
  "has; set it to false";
const capabilities = (given: string) =>
  `${CONTEXT}.capabilities.drop: ${given}, so the server keeps rights of root; write ["ALL"]`;
const profile = (given: string) =>
  `${SPEC}.securityContext.seccompProfile.type: ${given}, so the server may make any system call; ` +
  'set it to "RuntimeDefault"';

const findings = findingsIn(podsRestricted);

test.each<[string, Registered]>([
  ["a restricted server", server()],
  [
    "a profile of the container's own",
    server({ ...restricted, ...RuntimeDefault }, { securityContext: null }),
  ],
  ["a profile from a file", server({ ...restricted, seccompProfile: { type: "Localhost" } })],
  ["a container without GPUs", server(null, { securityContext: null }, { resources: {} })],
  ["a patch", { ...server(null), type: "kubernetes:apps/v1:DeploymentPatch" }],
  ["no containers", changed(server(), "spec.template.spec.containers", null)],
  ["a list for a template", changed(server(), "spec.template", [])],
])("passes %s", async (_, resource) => {
  expect(await findings(resource)).toEqual([]);
});

test.each<[string, Registered, string[]]>([
  [
    "nothing that is set",
    server(null, { automountServiceAccountToken: null, securityContext: null }),
    [
      token("is not set"),
      escalation("is not set"),
      capabilities("is not set"),
      profile("is not set"),
    ],
  ],
  ["a token", server(restricted, { automountServiceAccountToken: true }), [token("true")]],
  ["escalation", server({ ...restricted, allowPrivilegeEscalation: true }), [escalation("true")]],
  [
    "some rights",
    server({ ...restricted, capabilities: { drop: ["NET_RAW"] } }),
    [capabilities('["NET_RAW"]')],
  ],
  [
    "any system call",
    server(restricted, { securityContext: { seccompProfile: { type: "Unconfined" } } }),
    [profile('"Unconfined"')],
  ],
  ["texts for objects", server("a"), [escalation("is not set"), capabilities("is not set")]],
])("advises against %s", async (_, resource, messages) => {
  expect(await findings(resource)).toEqual(messages.map((message) => ["advisory", message]));
});

const right = (path: string, given: string, effect: string, fix = "remove it") =>
  `${path}: is ${given}, ${effect}; ${fix}`;
const SERVER = `${SPEC}.containers[0]`;
const ROOT = "so the server runs as root by choice";
const SIDECAR = `${SPEC}.initContainers[0].securityContext`;

/** The pod, and what is said of it; the rest of the pod is restricted. */
test.each<[string, Registered, string]>([
  [
    "the network of its node",
    server(restricted, { hostNetwork: true }),
    right(
      `${SPEC}.hostNetwork`,
      "true",
      "so the pod listens and sends as its node, past network policies",
    ),
  ],
  [
    "the processes of its node",
    server(restricted, { hostPID: true }),
    right(`${SPEC}.hostPID`, "true", "so the pod sees and may signal all processes of its node"),
  ],
  [
    "the memory of its node",
    server(restricted, { hostIPC: true }),
    right(`${SPEC}.hostIPC`, "true", "so the pod shares memory with all processes of its node"),
  ],
  [
    "a directory of its node",
    server(restricted, { volumes: [{ name: "a", emptyDir: {} }, { hostPath: { path: "/" } }] }),
    right(
      `${SPEC}.volumes[1].hostPath`,
      '{"path":"/"}',
      "so the pod reads and writes files of its node",
      "use an emptyDir, a claim or a CSI volume",
    ),
  ],
  [
    "a setting of the kernel",
    server(restricted, {
      securityContext: {
        ...RuntimeDefault,
        sysctls: [{ name: "net.ipv4.tcp_fin_timeout" }, { name: "kernel.msgmax", value: "1" }],
      },
    }),
    right(
      `${SPEC}.securityContext.sysctls[1].name`,
      '"kernel.msgmax"',
      "so the pod changes the kernel of its node",
    ),
  ],
  [
    "all rights",
    server({ ...restricted, privileged: true }),
    right(`${CONTEXT}.privileged`, "true", "so the container has every right of its node's root"),
  ],
  [
    "all rights of another container",
    server(restricted, {
      initContainers: [{ restartPolicy: "Always", securityContext: { privileged: true } }],
    }),
    right(`${SIDECAR}.privileged`, "true", "so the container has every right of its node's root"),
  ],
  [
    "a capability",
    server({
      ...restricted,
      capabilities: { drop: ["ALL"], add: ["NET_BIND_SERVICE", "SYS_ADMIN"] },
    }),
    right(
      `${CONTEXT}.capabilities.add`,
      '["NET_BIND_SERVICE","SYS_ADMIN"]',
      "so the container has rights of root",
      'leave at most "NET_BIND_SERVICE"',
    ),
  ],
  [
    "the whole of /proc",
    server({ ...restricted, procMount: "Unmasked" }),
    right(
      `${CONTEXT}.procMount`,
      '"Unmasked"',
      "so the container sees what the kernel shows to root alone",
    ),
  ],
  [
    "root as its user",
    server({ ...restricted, runAsUser: 0 }),
    right(`${CONTEXT}.runAsUser`, "0", ROOT, "name another user"),
  ],
  [
    "root as the user of the pod",
    server(restricted, { securityContext: { ...RuntimeDefault, runAsNonRoot: false } }),
    right(`${SPEC}.securityContext.runAsNonRoot`, "false", ROOT, "set it to true"),
  ],
  [
    "no profile of AppArmor",
    server({ ...restricted, appArmorProfile: { type: "Unconfined" } }),
    right(
      `${CONTEXT}.appArmorProfile.type`,
      '"Unconfined"',
      "so no profile keeps the server from files of the system",
    ),
  ],
  [
    "a type of SELinux",
    server({ ...restricted, seLinuxOptions: { type: "spc_t" } }),
    right(`${CONTEXT}.seLinuxOptions.type`, '"spc_t"', "which is not a type for containers"),
  ],
  [
    "a port of its node",
    server(restricted, {}, { ports: [{ containerPort: 8000 }, { hostPort: 80 }] }),
    right(
      `${SERVER}.ports[1].hostPort`,
      "80",
      "so the pod takes a port of its node, which holds one such pod only",
    ),
  ],
  [
    "a process of its node",
    server({ ...restricted, windowsOptions: { hostProcess: true } }),
    right(
      `${CONTEXT}.windowsOptions.hostProcess`,
      "true",
      "so the container is a process of its node",
    ),
  ],
])("advises against %s", async (_, resource, message) => {
  expect(await findings(resource)).toEqual([["advisory", message]]);
});

test.each<[string, Registered]>([
  [
    "switches that are off",
    server(
      {
        ...restricted,
        capabilities: { drop: ["ALL"], add: [] },
        privileged: false,
        procMount: "Default",
        runAsUser: 1000,
      },
      { hostNetwork: false, hostPID: false, hostIPC: null },
      { ports: [{ containerPort: 8000, hostPort: 0 }] },
    ),
  ],
  ["a user of its own", server({ ...restricted, runAsNonRoot: true, runAsUser: 65534 })],
  [
    "rights of a pod without GPUs",
    server(null, { securityContext: null, hostNetwork: true }, { resources: {} }),
  ],
])("passes %s", async (_, resource) => {
  expect(await findings(resource)).toEqual([]);
});

test.each([
  [`${SPEC}.hostNetwork`, server(restricted, { hostNetwork: UNKNOWN })],
  [`${CONTEXT}.privileged`, server({ ...restricted, privileged: UNKNOWN })],
  [`${SPEC}.volumes[0].hostPath`, server(restricted, { volumes: [{ hostPath: UNKNOWN }] })],
  [
    `${SPEC}.automountServiceAccountToken`,
    server(restricted, { automountServiceAccountToken: UNKNOWN }),
  ],
  [
    `${CONTEXT}.allowPrivilegeEscalation`,
    server({ ...restricted, allowPrivilegeEscalation: UNKNOWN }),
  ],
  [`${CONTEXT}.capabilities.drop`, server({ ...restricted, capabilities: UNKNOWN })],
  [`${SPEC}.securityContext.seccompProfile.type`, server(restricted, { securityContext: UNKNOWN })],
])("advises where %s is not known yet", async (path, resource) => {
  expect(await findings(resource)).toEqual([["advisory", pending(path)]]);
});

test("lets all around be unknown", async () => {
  const resource = server(restricted, { volumes: UNKNOWN }, { image: UNKNOWN, args: UNKNOWN });
  expect(await findings(resource)).toEqual([]);
});
