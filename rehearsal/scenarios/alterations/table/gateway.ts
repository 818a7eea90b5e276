import type { Alteration } from "../alteration";
import {
  cluster,
  gateway,
  gatewayControllerRole,
  gatewayFeature,
  healthCheck,
  membership,
  route,
} from "./resources";

const LISTENER = { name: "https", protocol: "HTTPS", port: 443 };

export const gatewayAlterations: readonly Alteration[] = [
  {
    name: "gatewayApiDisabled",
    edits: [{ at: cluster, set: "gatewayApiConfig.channel", to: "CHANNEL_DISABLED" }],
    policy: {
      name: "gateway-api-enabled",
      says: [
        {
          resource: "gke-east",
          message:
            'gatewayApiConfig.channel: is "CHANNEL_DISABLED", so the cluster lacks the Gateway API that gke-east-pool needs; ' +
            'set it to "CHANNEL_STANDARD"',
        },
      ],
    },
  },
  {
    name: "singleClusterClass",
    edits: [
      { at: gateway, set: "spec.gatewayClassName", to: "gke-l7-cross-regional-internal-managed" },
    ],
    policy: {
      name: "gateway-class-allowed",
      alone: true,
      says: [
        {
          resource: "cross-region-gateway",
          message:
            'spec.gatewayClassName: "gke-l7-cross-regional-internal-managed" is not a class for inference pools across ' +
            "regions; did you mean gke-l7-cross-regional-internal-managed-mc?",
        },
      ],
    },
  },
  {
    name: "controllerOnlyViews",
    edits: [{ at: gatewayControllerRole, set: "role", to: "roles/container.viewer" }],
    policy: {
      name: "gateway-controller-role",
      says: [
        {
          resource: "cross-region-gateway-multiclusteringress",
          message:
            "name: nothing gives roles/container.admin to its service agent, service-<project " +
            "number>@gcp-sa-multiclusteringress.iam.gserviceaccount.com, so no gateway is ever " +
            "programmed; grant it with an IAM member to the gcp.projects.ServiceIdentity of " +
            "multiclusteringress.googleapis.com",
        },
      ],
    },
  },
  {
    name: "featureWithoutConfigMembership",
    edits: [{ at: gatewayFeature, unset: "spec" }],
    policy: {
      name: "gateway-on-config-cluster",
      says: [
        {
          resource: "cross-region-gateway-multiclusteringress",
          message:
            "spec.multiclusteringress.configMembership: is not set, so no cluster's Gateways are read; set the config " +
            "cluster's membership",
        },
      ],
    },
    cloud: { fails: "up", says: /spec\.multiclusteringress\.config_membership/ },
  },
  {
    name: "noGatewayController",
    edits: [{ at: gatewayFeature, drop: true }],
    policy: {
      name: "gateway-on-config-cluster",
      says: [
        {
          resource: "cross-region-gateway",
          message:
            'spec.gatewayClassName: nothing reads "gke-l7-cross-regional-internal-managed-mc", since this stack\'s fleet ' +
            "lacks multiclusteringress; enable that fleet feature",
        },
      ],
    },
  },
  {
    name: "regionWithoutAddress",
    edits: [
      {
        at: gateway,
        set: "spec.addresses",
        to: [
          { type: "networking.gke.io/ephemeral-ipv4-address/europe-west3", value: "europe-west3" },
        ],
      },
    ],
    policy: {
      name: "gateway-region-per-cluster",
      says: [
        {
          resource: "cross-region-gateway",
          level: "advisory",
          message:
            "spec.addresses: us-east4, where cluster gke-east serves, is not listed, so clients there cross regions; add " +
            "one of type networking.gke.io/ephemeral-ipv4-address/us-east4",
        },
      ],
    },
  },
  {
    name: "addressOfOtherRegion",
    edits: [
      {
        at: gateway,
        set: "spec.addresses",
        to: [
          { type: "networking.gke.io/ephemeral-ipv4-address/europe-west3", value: "europe-west3" },
          { type: "networking.gke.io/ephemeral-ipv4-address/us-east4", value: "us-east1" },
        ],
      },
    ],
    policy: {
      name: "gateway-region-per-cluster",
      says: [
        {
          resource: "cross-region-gateway",
          level: "advisory",
          message:
            'spec.addresses[1].value: "us-east1" is not the region of the type; write "us-east4"',
        },
      ],
    },
  },
  {
    name: "listenerWithoutCertificate",
    edits: [{ at: gateway, set: "spec.listeners", to: [LISTENER] }],
    policy: {
      name: "listener-has-certificate",
      says: [
        {
          resource: "cross-region-gateway",
          message:
            "spec.listeners[0].tls: names no certificate, and HTTPS needs one; set certificateRefs, or " +
            'options["networking.gke.io/cert-manager-certs"]',
        },
      ],
    },
  },
  // As cert-manager's guide writes it for other gateways, and the Secret of the token.
  {
    name: "certificateOfCore",
    edits: [
      {
        at: gateway,
        set: "spec.listeners",
        to: [
          {
            ...LISTENER,
            tls: { certificateRefs: [{ group: "core", kind: "Secret", name: "hf-token" }] },
          },
        ],
      },
    ],
    policy: {
      name: "listener-has-certificate",
      says: [
        {
          resource: "cross-region-gateway",
          message:
            'spec.listeners[0].tls.certificateRefs[0].group: "core" is not the group of a Secret; write "", or leave it out',
        },
        {
          resource: "cross-region-gateway",
          message:
            'spec.listeners[0].tls.certificateRefs[0].name: Secret "hf-token" has no tls.crt and no tls.key; name one with ' +
            "a certificate",
        },
      ],
    },
  },
  {
    name: "modelArmor",
    edits: [
      {
        at: healthCheck,
        duplicate: "prompt-filter",
        with: {
          kind: "GCPTrafficExtension",
          "metadata.name": "prompt-filter",
          spec: {
            targetRefs: [
              { group: "gateway.networking.k8s.io", kind: "Gateway", name: "cross-region-gateway" },
            ],
            extensionChains: [
              {
                name: "filters",
                matchCondition: {
                  celExpressions: [{ celMatcher: 'request.path.startsWith("/")' }],
                },
                extensions: [
                  {
                    name: "model-armor",
                    googleAPIServiceName: "modelarmor.europe-west3.rep.googleapis.com",
                    supportedEvents: ["RequestHeaders", "RequestBody"],
                    timeout: "1s",
                  },
                ],
              },
            ],
          },
        },
      },
    ],
    policy: {
      name: "no-model-armor",
      says: [
        {
          resource: "prompt-filter",
          message:
            "spec.extensionChains[0].extensions[0].googleAPIServiceName: Model Armor does not " +
            "work on the multi-cluster Gateway cross-region-gateway; remove the extension, or " +
            "use a single-cluster Gateway for it",
        },
      ],
    },
  },
  {
    name: "routeOfOtherGateway",
    edits: [{ at: route, set: "spec.parentRefs[0].name", to: "cross-regional-gateway" }],
    policy: {
      name: "route-attached",
      says: [
        {
          resource: "cross-region-gateway-route",
          message:
            'spec.parentRefs[0].name: "cross-regional-gateway" is not the name of a Gateway in namespace inference of ' +
            "cluster gke-west; " +
            "did you mean cross-region-gateway?",
        },
      ],
    },
  },
  // A pool of one cluster behind the Gateway of all.
  {
    name: "routeToLocalPool",
    edits: [{ at: route, set: "spec.rules[0].backendRefs[0].kind", to: "InferencePool" }],
    policy: {
      name: "route-attached",
      says: [
        {
          resource: "cross-region-gateway-route",
          message:
            'spec.rules[0].backendRefs[0].kind: "InferencePool" is not a backend of a ' +
            'multi-cluster Gateway; write "GCPInferencePoolImport" and its group, ' +
            '"networking.gke.io"',
        },
      ],
    },
  },
  {
    name: "noRoute",
    edits: [{ at: route, drop: true }],
    policy: {
      name: "route-attached",
      says: [
        {
          resource: "cross-region-gateway",
          message:
            "metadata.name: no HTTPRoute of this cluster names this Gateway, so it serves no pool; add a route with this " +
            "name in parentRefs",
        },
      ],
    },
  },
  // The CRD takes it, GKE does not.
  {
    name: "routeWithTimeouts",
    edits: [{ at: route, set: "spec.rules[0].timeouts", to: { request: "60s" } }],
    policy: {
      name: "route-fields-supported",
      says: [
        {
          resource: "cross-region-gateway-route",
          message:
            "spec.rules[0].timeouts: GKE takes no route with timeouts; remove it, and set timeoutSec in the " +
            "GCPBackendPolicy of the backend",
        },
      ],
    },
    cloud: {
      fails: "verify",
      says: /Error GWCER104: HTTPRoute "inference\/cross-region-gateway" is misconfigured, err: Timeouts are not supported\./,
    },
  },
  // A patch, which does not name the Gateway.
  {
    name: "routePatched",
    edits: [
      {
        at: route,
        duplicate: "cross-region-gateway-route-patch",
        as: "kubernetes:gateway.networking.k8s.io/v1:HTTPRoutePatch",
        with: {
          spec: {
            rules: [
              {
                matches: [{ path: { type: "RegularExpression", value: "^/.*$" } }],
                backendRefs: [
                  {
                    group: "networking.gke.io",
                    kind: "GCPInferencePoolImport",
                    name: "vllm-llama3-8b-instruct",
                  },
                ],
              },
            ],
          },
        },
      },
    ],
    policy: {
      name: "route-fields-supported",
      says: [
        {
          resource: "cross-region-gateway-route-patch",
          message:
            "spec.rules[0].matches[0].path.type: GKE matches no regular expressions; write PathPrefix or Exact",
        },
      ],
    },
  },

  // The how-to's objective names it so.
  {
    name: "importThatNeverAppears",
    edits: [{ at: route, set: "spec.rules[0].backendRefs[0].name", to: "llama3-8b-instruct" }],
    cloud: {
      edits: [{ at: route, timeouts: { create: "8s" } }],
      fails: "up",
      says: /GCPInferencePoolImport inference\/llama3-8b-instruct/,
    },
  },
  // The gateway's objects stay on gke-west, the feature looks at gke-east.
  {
    name: "wrongConfigCluster",
    edits: [],
    cloud: {
      edits: [
        {
          at: gatewayFeature,
          reference: "spec.multiclusteringress.configMembership",
          to: membership,
          output: "id",
        },
        { at: gateway, timeouts: { create: "8s" } },
      ],
      fails: "up",
      says: /multi-cluster classes are on the config cluster gke-east only/,
    },
  },
];
