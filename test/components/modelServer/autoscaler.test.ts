import { modelServer, SERVER } from "../../support/modelServerMocks";
import { find } from "../../../rehearsal/stage/registrations";

const AUTOSCALER = "kubernetes:autoscaling/v2:HorizontalPodAutoscaler::gke-west";

describe("autoscaling", () => {
  const over = (targetUtilization = 60) => ({
    autoscaling: { maxReplicas: 6, targetUtilization },
  });

  test("follows the gauge from the replicas on, slowly down", async () => {
    const server = await modelServer(over());
    expect(find(server, AUTOSCALER).inputs).toEqual({
      apiVersion: "autoscaling/v2",
      kind: "HorizontalPodAutoscaler",
      metadata: { name: "llama", namespace: "inference" },
      spec: {
        scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "llama" },
        minReplicas: 2,
        maxReplicas: 6,
        metrics: [
          {
            type: "Pods",
            pods: {
              metric: { name: "autoscaling.gke.io|kv-cache|kv-cache" },
              target: { type: "AverageValue", averageValue: "600m" },
            },
          },
        ],
        behavior: {
          scaleUp: {
            stabilizationWindowSeconds: 30,
            policies: [{ type: "Percent", value: 100, periodSeconds: 300 }],
          },
          scaleDown: {
            stabilizationWindowSeconds: 900,
            policies: [{ type: "Pods", value: 1, periodSeconds: 300 }],
          },
        },
      },
    });
    expect(find(server, AUTOSCALER).dependsOn).toEqual([]);
  });

  test.each([
    [1, "10m"],
    [85, "850m"],
    [100, "1"],
  ])("%i percent is %s, as the API server spells it", async (percent, quantity) => {
    const server = await modelServer(over(percent));
    expect(find(server, AUTOSCALER).inputs).toMatchObject({
      spec: { metrics: [{ pods: { target: { averageValue: quantity } } }] },
    });
  });

  test("starts with the replicas, and then leaves their number alone", async () => {
    const server = await modelServer(over());
    expect(find(server, SERVER).inputs).toMatchObject({ spec: { replicas: 2 } });
    expect(find(server, SERVER).ignoreChanges).toEqual(["spec.replicas"]);
  });
});
