import { gateways } from "../../../../emulator/gke/controllers/gateways";
import { Gateway } from "../../../../emulator/gke/world/kinds";
import {
  endlessDelays,
  fleet,
  Fleet,
  gateway,
  gatewayClass,
  NETWORK,
  noDelays,
  object,
  pool,
  route,
  statusIn,
  told,
} from "../support/world";

const FINALIZER = "gateway.finalizer.networking.gke.io";
type Status = NonNullable<Gateway["status"]>;

function withGateway(changed: Gateway = gateway(), over: Parameters<typeof fleet>[0] = {}): Fleet {
  const made = fleet(over);
  made.west.put(gatewayClass(), changed);
  return made;
}

function status({ world }: Fleet, delays = noDelays()): Status {
  return statusIn<Status>(gateways(world, delays));
}

/** The specification of the Gateway with some fields changed. */
function spec(changes: object): Gateway {
  const made = gateway();
  return { ...made, spec: { ...made.spec, ...changes } };
}

test("a Gateway with a proxy subnet in each region is programmed, with an address in each", () => {
  const made = withGateway();
  const { addresses, conditions } = status(made);
  expect(addresses).toEqual([
    { type: "IPAddress", value: "10.10.0.253" },
    { type: "IPAddress", value: "10.20.0.253" },
  ]);
  expect(told(conditions)).toEqual([
    "Accepted=True Accepted",
    "Programmed=True Programmed",
    "networking.gke.io/GatewayHealthy=True Healthy",
  ]);
});

test("its listeners say what they support, how many routes they have, and that all is well", () => {
  const made = withGateway();
  made.west.put(route());
  const [listener] = status(made).listeners ?? [];
  expect({ ...listener, conditions: told(listener?.conditions) }).toEqual({
    name: "http",
    attachedRoutes: 1,
    supportedKinds: [{ group: "gateway.networking.k8s.io", kind: "HTTPRoute" }],
    conditions: [
      "Accepted=True Accepted",
      "ResolvedRefs=True ResolvedRefs",
      "Programmed=True Programmed",
    ],
  });
});

test("a region without a proxy-only subnet is named, with the network", () => {
  const made = withGateway();
  made.cloud.proxySubnets.pop();
  const { addresses, conditions } = status(made);
  const message =
    "error cause: gceSync: region us-east4: An active proxy-only subnetwork is required in the " +
    `same region and VPC as the forwarding rule; network ${NETWORK} has none with purpose ` +
    "GLOBAL_MANAGED_PROXY and role ACTIVE there";
  expect(addresses).toEqual([]);
  expect(told(conditions)).toEqual([
    "Accepted=True Accepted",
    `Programmed=False Pending: ${message}`,
    `networking.gke.io/GatewayHealthy=False Error: ${message}`,
  ]);
});

test("a region without a subnet to take an address from is named", () => {
  const made = withGateway();
  made.cloud.ordinarySubnets.shift();
  expect(told(status(made).conditions)[1]).toBe(
    `Programmed=False Pending: error cause: gceSync: region europe-west3: network ${NETWORK} has ` +
      "no subnetwork there to take an address from",
  );
});

test("clusters that export pools must be in the config cluster's VPC", () => {
  const made = withGateway(gateway(), { east: { network: "projects/demo/global/networks/other" } });
  made.east.put(pool());
  expect(told(status(made).conditions)[1]).toBe(
    "Programmed=False Invalid: all clusters behind a multi-cluster Gateway must be in one VPC: " +
      `gke-west is in ${NETWORK}, gke-east in projects/demo/global/networks/other`,
  );
});

const EPHEMERAL = "networking.gke.io/ephemeral-ipv4-address/";
const INVALID = 'Error GWCER106: Gateway "default/cross-region" is invalid, err: ';

test.each([
  [
    [{ type: "IPAddress", value: "10.0.0.9" }],
    `unsupported address type "IPAddress", the rehearsal has ${EPHEMERAL}<region>`,
  ],
  [
    [{ type: `${EPHEMERAL}us-east4`, value: "us-eats4" }],
    `address type ${EPHEMERAL}us-east4 needs the value "us-east4", not "us-eats4"`,
  ],
  [[], `no address; name each region by an address of type ${EPHEMERAL}<region>`],
  [
    [1, 2].map(() => ({ type: `${EPHEMERAL}us-east4`, value: "us-east4" })),
    "region us-east4 is named twice",
  ],
])("addresses %j are not accepted", (addresses, message) => {
  expect(told(status(withGateway(spec({ addresses }))).conditions).slice(0, 2)).toEqual([
    `Accepted=False UnsupportedAddress: ${INVALID}${message}`,
    `Programmed=False Invalid: ${INVALID}${message}`,
  ]);
});

test("a listener of another protocol, or whose certificate is missing, is in the way", () => {
  const tcp = withGateway(spec({ listeners: [{ name: "raw", port: 80, protocol: "TCP" }] }));
  expect(told(status(tcp).conditions)[1]).toBe(
    "Programmed=False Invalid: listener raw: protocol TCP is not HTTP, HTTPS, or TLS in mode Passthrough",
  );
  const passed = { name: "sni", port: 443, protocol: "TLS", tls: { mode: "Passthrough" } };
  expect(told(status(withGateway(spec({ listeners: [passed] }))).conditions)[1]).toBe(
    "Programmed=True Programmed",
  );
  const tls = { certificateRefs: [{ name: "certificate" }] };
  const https = withGateway(
    spec({ listeners: [{ name: "https", port: 443, protocol: "HTTPS", tls }] }),
  );
  expect(told(status(https).conditions)[1]).toBe(
    "Programmed=False Invalid: Error GWCER102: Secret default/certificate not found.",
  );
  https.west.put(
    object("Secret", "default/certificate", { data: { "tls.crt": "", "tls.key": "" } }),
  );
  expect(told(status(https).conditions)[1]).toBe("Programmed=True Programmed");
});

test.each<[string, object | undefined, string]>([
  [
    "no tls",
    undefined,
    'Error GWCER106: Gateway "default/cross-region" is invalid, err: no certificates specified for protocol HTTPS',
  ],
  [
    "tls without a certificate",
    { mode: "Terminate", certificateRefs: [], options: {} },
    'Error GWCER106: Gateway "default/cross-region" is invalid, err: no certificates specified for protocol HTTPS',
  ],
  [
    "a certificate of group core",
    { certificateRefs: [{ group: "core", kind: "Secret", name: "hf-token" }] },
    'Error GWCER105: Listener "https" is invalid, err: You specified {Group: core, Kind: Secret} in the certificate ' +
      "reference, {Group: , Kind: Secret} are the supported values.",
  ],
  [
    "a Secret that holds no certificate",
    { certificateRefs: [{ group: "", kind: "Secret", name: "hf-token" }] },
    'Error GWCER105: Listener "https" is invalid, err: Secret default/hf-token has no tls.crt and no tls.key.',
  ],
  [
    "an option of another kind",
    { options: { "networking.gke.io/certmap": "map" } },
    'Error GWCER105: Listener "https" is invalid, err: invalid TLS option key "networking.gke.io/certmap"',
  ],
])("HTTPS with %s is not programmed", (_, tls, message) => {
  const made = withGateway(
    spec({ listeners: [{ name: "https", port: 443, protocol: "HTTPS", ...(tls && { tls }) }] }),
  );
  made.west.put(object("Secret", "default/hf-token", { data: { token: "" } }));
  expect(told(status(made).conditions)[1]).toBe(`Programmed=False Invalid: ${message}`);
  expect(told(status(made).listeners?.[0]?.conditions)[1]).toBe(
    `ResolvedRefs=False InvalidCertificateRef: ${message}`,
  );
});

test("HTTPS with a certificate of Certificate Manager is programmed", () => {
  const tls = { mode: "Terminate", options: { "networking.gke.io/cert-manager-certs": "llm" } };
  const made = withGateway(
    spec({ listeners: [{ name: "https", port: 443, protocol: "HTTPS", tls }] }),
  );
  expect(told(status(made).conditions)[1]).toBe("Programmed=True Programmed");
});

test("one route that cannot be translated stops its Gateway, which keeps its addresses", () => {
  const made = withGateway();
  const before = status(made);
  made.west.put({ ...gateway(), status: before });
  const refused = route();
  Object.assign(refused.spec.rules?.[0] ?? {}, { timeouts: { request: "60s" } });
  made.west.put(refused);
  const after = status(made);
  expect(told(after.conditions)[1]).toBe(
    'Programmed=False Invalid: Error GWCER104: HTTPRoute "default/llama" is misconfigured, err: Timeouts are not ' +
      "supported.",
  );
  expect(after.addresses).toEqual(before.addresses);
});

test("creating the load balancer takes its time, once", () => {
  const made = withGateway();
  expect(told(status(made, endlessDelays()).conditions)[1]).toBe(
    "Programmed=False Pending: the load balancer is being created",
  );
  made.west.put({ ...gateway({}, { finalizers: [FINALIZER] }), status: status(made) });
  expect(gateways(made.world, endlessDelays())).toEqual([]);
});

test("a Gateway that is programmed keeps its addresses, and another gets others", () => {
  const made = withGateway();
  made.west.put({ ...gateway({}, { finalizers: [FINALIZER] }), status: status(made) });
  made.west.put({ ...gateway({}, { name: "second", uid: "g2", finalizers: [FINALIZER] }) });
  expect(status(made).addresses?.map((address) => address.value)).toEqual([
    "10.10.0.252",
    "10.20.0.252",
  ]);
});

test("a Gateway gets a finalizer, and loses it when its load balancer is gone", () => {
  const made = withGateway(gateway({}, { finalizers: ["foregroundDeletion"] }));
  const [guard] = gateways(made.world, noDelays());
  expect(guard).toMatchObject({ do: "finalizers", finalizers: ["foregroundDeletion", FINALIZER] });
  const going = { deletionTimestamp: "2026-01-01T00:00:00Z", finalizers: ["other", FINALIZER] };
  made.west.put(gateway({}, going));
  expect(gateways(made.world, endlessDelays())).toEqual([]);
  expect(gateways(made.world, noDelays())).toMatchObject([
    { do: "finalizers", finalizers: ["other"] },
  ]);
});

test("without its class nobody looks at a Gateway", () => {
  const made = fleet();
  made.west.put(gateway());
  expect(gateways(made.world, noDelays())).toEqual([]);
});

test("Gateways of other classes are accepted and not programmed", () => {
  const made = fleet();
  made.east.put(gatewayClass("gke-l7-rilb"), spec({ gatewayClassName: "gke-l7-rilb" }));
  expect(told(status(made).conditions).slice(0, 2)).toEqual([
    "Accepted=True Accepted",
    "Programmed=False Pending: the rehearsal has load balancers of class " +
      "gke-l7-cross-regional-internal-managed-mc only, not of gke-l7-rilb",
  ]);
});
