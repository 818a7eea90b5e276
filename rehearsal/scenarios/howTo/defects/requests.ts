import type { Defect } from "./defect";
import { KUBERNETES } from "./proofs";

/** The route to the servers, and the request that is to show that it works. */
export const requestDefects: Defect[] = [
  {
    number: 6,
    title: "A priority that has no effect",
    howTo:
      "gives an objective the priority 10 and sends its test request without naming the objective.",
    happens:
      "A request has an objective by the header `x-gateway-inference-objective` only. And without flow control, which " +
      "is off by default, all priorities from 0 up are served in order of arrival.",
    instead: "The endpoint picker runs with flow control, and the README's request has the header.",
    tests: [{ file: KUBERNETES, title: "endpoint pickers queue by priority" }],
    shown: {
      by: "test",
      why: "it takes an endpoint picker and servers at their limit; the rehearsal runs no images.",
    },
  },
  {
    number: 14,
    title: "Namespaces that differ",
    howTo:
      "puts Gateway and health check into `default`; route and backend policy name no namespace.",
    happens:
      "They go to the namespace of the kubeconfig's context. In any other than `default`, the route finds no " +
      "Gateway, and the policy no target.",
    instead: "Everything is in one namespace, which each object names.",
    tests: [{ file: KUBERNETES, title: "all that belongs together is in one namespace" }],
    shown: {
      by: "run",
      judge: "API server, emulated cloud",
      seen: [
        "cluster gke-west: HTTPRoute team-a/vllm-llama3-8b-instruct-default: no controller has bound it to its Gateway cross-region-gateway",
        "cluster gke-west: GCPBackendPolicy team-a/my-backend-policy: Attached=False (TargetNotFound): GCPInferencePoolImport team-a/vllm-llama3-8b-instruct not found: no member of the fleet (gke-west, gke-east) has an InferencePool team-a/vllm-llama3-8b-instruct",
      ],
    },
  },
  {
    number: 15,
    title: "`kubectl` inside of `curlimages/curl`",
    howTo: "opens a shell in that image and reads the Gateway's address with `kubectl` there.",
    happens:
      "The image has no kubectl. Even with kubectl, the pod's account must not read Gateways; and `addresses[0]` is the address " +
      "of one region, whichever the pod is in.",
    instead: "The addresses are outputs of the stack, by region.",
    tests: [
      {
        file: "test/components/crossRegionGateway/crossRegionGateway.test.ts",
        title: "outputs tell each region's address",
      },
    ],
    shown: {
      by: "run",
      judge: "API server",
      seen: [
        'gateways.gateway.networking.k8s.io "cross-region-gateway" is forbidden: User "system:serviceaccount:default:default" cannot get resource "gateways" in API group "gateway.networking.k8s.io" in the namespace "default"',
      ],
    },
  },
  {
    number: 16,
    title: "A test request for an adapter",
    howTo: "asks for the model `food-review-1`.",
    happens:
      "That is a LoRA adapter, from a third party's repository, loaded by the container of defect 7. Without it, or " +
      "without access to it, the answer is 404, though the gateway works.",
    instead:
      "The output `model`, which the README's request uses, is the base model; vLLM loads adapters itself, at its start.",
    tests: [{ file: KUBERNETES, title: "the model of the outputs is the one that is served" }],
    shown: { by: "test", why: "no model is loaded in the rehearsal." },
  },
];
