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

test.each([
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
