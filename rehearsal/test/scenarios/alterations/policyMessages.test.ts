import { policyMessagesIn } from "../../../scenarios/alterations/policyMessages";

const OUTPUT = `
 +  pulumi:pulumi:Stack inference-gateway-dev create
Policies:
    ❌ inference-gateway@v0.1.0 (local: bin/policy-pack)
        - [mandatory] [severity: high]  pool-exported  (kubernetes:inference.networking.k8s.io/v1:InferencePool: pool)
          Every inference pool is exported to the fleet.
          metadata: is not set; set it
        - [advisory]  no-secret-output  (pulumi:pulumi:Stack: inference-gateway-dev)
          No output shows a credential.
          token: looks like one (of 3); make it secret

Diagnostics:
  pulumi:pulumi:Stack (inference-gateway-dev):
    error: preview failed
`;

test("reads the messages that the engine prints, with and without severity", () => {
  expect(policyMessagesIn(OUTPUT)).toEqual([
    {
      policy: "pool-exported",
      level: "mandatory",
      resource: "pool",
      message: "metadata: is not set; set it",
    },
    {
      policy: "no-secret-output",
      level: "advisory",
      resource: "inference-gateway-dev",
      message: "token: looks like one (of 3); make it secret",
    },
  ]);
});

test("finds none where all passed", () => {
  expect(policyMessagesIn("Policies:\n    ✅ inference-gateway@v0.1.0\n")).toEqual([]);
});
