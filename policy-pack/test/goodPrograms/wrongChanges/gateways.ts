import { edited } from "../alter";
import { program } from "../program";
import { good, type WrongChange } from "./change";

export const gateways: readonly WrongChange[] = [
  [
    "a class for user interfaces before pools",
    edited(
      good("a Gateway to the internet for a user interface"),
      "ams-gateway-front",
      "spec.gatewayClassName",
      "gke-l7-global-external-managed",
    ),
    [
      [
        "gateway-class-allowed",
        "ams-gateway-front",
        'spec.gatewayClassName: "gke-l7-global-external-managed" is not a class for inference pools across regions; set gke-l7-cross-regional-internal-managed-mc',
      ],
    ],
  ],
  [
    "a route for another name than its listener",
    edited(good("one name of the host on both sides"), /HTTPRoute::/, "spec.hostnames", [
      "llm.acme.example",
    ]),
    [
      [
        "route-attached",
        "ams-httproute-to-pool",
        'spec.hostnames: ["llm.acme.example"] has no name in common with Gateway ams-gateway-front, whose listeners are for *.acme.internal, so the route is attached to none of them; write "*.acme.internal"',
      ],
    ],
  ],
  [
    "a pool of weight 0 alone",
    edited(program(), /HTTPRoute::/, "spec.rules.0.backendRefs.0.weight", 0),
    [
      [
        "route-attached",
        "ams-httproute-to-pool",
        "spec.rules[0].backendRefs[0].weight: every backend of this rule has weight 0, so requests are answered with an error; give one of them a weight above 0",
      ],
    ],
  ],
  [
    "a picker without a token",
    edited(
      program(),
      "ord-deployment-llama-picker",
      "spec.template.spec.automountServiceAccountToken",
      false,
    ),
    [
      [
        "picker-rights",
        "ord-deployment-llama-picker",
        "spec.template.spec.automountServiceAccountToken: is false, so the endpoint picker ord-deployment-llama-picker has no token for the API server and never gets ready; set it to true, or remove it",
      ],
    ],
  ],
  [
    "a picker whose account gives no token",
    edited(program(), "ord-serviceaccount-llama-picker", "automountServiceAccountToken", false),
    [
      [
        "picker-rights",
        "ord-serviceaccount-llama-picker",
        "automountServiceAccountToken: is false, so the endpoint picker ord-deployment-llama-picker has no token for the API server and never gets ready; set it to true in the pods",
      ],
    ],
  ],
];
