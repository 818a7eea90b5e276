import { UNKNOWN } from "../support/unknown";
import { pickerProbed } from "../../picker/picker-probed";
import { picker as bare } from "../fixtures/inference";
import { pending } from "../fixtures/messages";
import { changed } from "../fixtures/stack";
import { findingsIn } from "../support/findings";
import { type Registered, unknownBut } from "../support/policies";

const CONTAINER = "spec.template.spec.containers.0";
const PATH = "spec.template.spec.containers[0]";
const ELECTION = "--ha-enable-leader-election";

const probe = (service: unknown, port: unknown = 9003) => ({ grpc: { port, service } });
const probed = (resource: Registered, live: unknown, ready: unknown) =>
  changed(
    changed(resource, `${CONTAINER}.livenessProbe`, live),
    `${CONTAINER}.readinessProbe`,
    ready,
  );
const started = (...flags: unknown[]) =>
  changed(bare, `${CONTAINER}.args`, ["--pool-name", "llm", ...flags]);
const picker = probed(bare, probe("inference-extension"), probe("inference-extension"));
const elected = (live: unknown, ready: unknown) =>
  probed(started(ELECTION), probe(live), probe(ready));
const leader = elected("liveness", "readiness");

const findings = findingsIn(pickerProbed);

test.each<[string, Registered]>([
  ["one picker", picker],
  ["one that is asked for no service", probed(bare, { grpc: { port: 9003 } }, probe(undefined))],
  ["several that elect a leader", leader],
  ["the leader by no service", elected("liveness", undefined)],
  [
    "the leader by its own service",
    elected("liveness", "envoy.service.ext_proc.v3.ExternalProcessor"),
  ],
  [
    "a port of its own",
    probed(started("--grpc-health-port=9100"), probe("", 9100), probe("", 9100)),
  ],
  ["a port as text", probed(bare, probe("", "9003"), probe("", "9003"))],
  ["no liveness probe", changed(picker, `${CONTAINER}.livenessProbe`)],
  [
    "a probe of another kind",
    probed(bare, { tcpSocket: { port: 9002 } }, { tcpSocket: { port: 9002 } }),
  ],
  [
    "another Deployment",
    changed(changed(bare, `${CONTAINER}.image`, "nginx"), `${CONTAINER}.args`),
  ],
  ["a patch", { ...bare, type: "kubernetes:apps/v1:DeploymentPatch" }],
  ["no containers", changed(picker, "spec.template")],
])("passes %s", async (_, resource) => {
  expect(await findings(resource)).toEqual([]);
});

const unanswered = (probeName: string, port: string, right = 9003) =>
  `${PATH}.${probeName}.grpc.port: the endpoint picker does not answer at ${port}; ` +
  `set it to its health port, ${right}`;

test.each<[string, Registered, string]>([
  ["another port", probed(bare, probe("", 9002), probe("")), unanswered("livenessProbe", "9002")],
  [
    "no port",
    probed(bare, { grpc: {} }, probe("")),
    `${PATH}.livenessProbe.grpc.port: is not set; set it to its health port, 9003`,
  ],
  [
    "a name for a port",
    probed(bare, probe(""), probe("", "x")),
    unanswered("readinessProbe", '"x"'),
  ],
  [
    "the standard port of a picker with another",
    probed(started("--grpc-health-port", "9100"), probe("", 9100), probe("")),
    unanswered("readinessProbe", "9003", 9100),
  ],
  [
    "a startup probe elsewhere",
    changed(picker, `${CONTAINER}.startupProbe`, probe("", 1)),
    unanswered("startupProbe", "1"),
  ],
  [
    "no readiness probe",
    changed(picker, `${CONTAINER}.readinessProbe`),
    `${PATH}.readinessProbe: is not set, so the gateway asks the picker before it knows the ` +
      "pool; ask its health port by a gRPC probe",
  ],
  [
    "standbys that are restarted",
    elected("readiness", "readiness"),
    `${PATH}.livenessProbe.grpc.service: with "readiness" the kubelet restarts every picker ` +
      'but the leader; set it to "liveness"',
  ],
  [
    "the same with no service",
    elected(null, "readiness"),
    `${PATH}.livenessProbe.grpc.service: is not set, so the kubelet restarts every picker ` +
      'but the leader; set it to "liveness"',
  ],
  [
    "standbys that count as ready",
    elected("liveness", "liveness"),
    `${PATH}.readinessProbe.grpc.service: with "liveness" pickers that do not lead count as ready` +
      '; set it to "readiness"',
  ],
  [
    "a service that is not there",
    elected("liveness", "inference-extension"),
    `${PATH}.readinessProbe.grpc.service: with "inference-extension" the probe always fails: ` +
      'the picker has no such service; set it to "readiness"',
  ],
  [
    "an odd service",
    elected("liveness", ["readiness", "x"]),
    `${PATH}.readinessProbe.grpc.service: with ["readiness","x"] the probe always fails: ` +
      'the picker has no such service; set it to "readiness"',
  ],
])("fails %s", async (_, resource, message) => {
  expect(await findings(resource)).toEqual([["mandatory", message]]);
});

test("judges among siblings that are not known yet", async () => {
  const known = ["kind", "apiVersion", `${CONTAINER}.image`, `${CONTAINER}.args`];
  const probes = ["livenessProbe", "readinessProbe", "startupProbe"];
  const paths = [...known, ...probes.map((name) => `${CONTAINER}.${name}`)];
  const wrong = elected("readiness", "readiness");
  const hidden = { ...wrong, inputs: unknownBut(wrong.inputs, ...paths) };
  expect(await findings(hidden)).toHaveLength(1);
});

test.each<[string, Registered, string]>([
  ["a probe", probed(bare, UNKNOWN, probe("")), `${PATH}.livenessProbe`],
  ["how it asks", probed(bare, { grpc: UNKNOWN }, probe("")), `${PATH}.livenessProbe.grpc`],
  ["the port", probed(bare, probe("", UNKNOWN), probe("")), `${PATH}.livenessProbe.grpc.port`],
  ["the service", elected(UNKNOWN, "readiness"), `${PATH}.livenessProbe.grpc.service`],
  ["the command line", changed(picker, `${CONTAINER}.args`, UNKNOWN), `${PATH}.args`],
  [
    "the picker's port",
    probed(started("--grpc-health-port", UNKNOWN), probe(""), { tcpSocket: {} }),
    `${PATH}.args[3]`,
  ],
])("advises where %s is not known yet", async (_, resource, path) => {
  const [first, ...others] = await findings(resource);
  expect(first).toEqual(["advisory", pending(path)]);
  expect(new Set(others.map(String))).toEqual(new Set(others.length > 0 ? [String(first)] : []));
});
