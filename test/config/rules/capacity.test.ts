import { provisioningProblem } from "../../../config/rules/capacity";

describe("how a machine type is sold", () => {
  test.each([
    ["g2-standard-8", "on-demand", undefined],
    ["a3-highgpu-8g", "reservation", undefined],
    ["a3-highgpu-2g", "spot", undefined],
    ["a3-highgpu-2g", "on-demand", "spot or flex-start: a3-highgpu-2g is sold no other way"],
    [
      "a3-ultragpu-8g",
      "on-demand",
      "spot or flex-start or reservation: a3-ultragpu-8g is sold no other way",
    ],
    ["e2-standard-8", "on-demand", undefined],
  ] as const)("%s, %s: %s", (machineName, provisioning, problem) => {
    expect(provisioningProblem(machineName, provisioning)).toBe(problem);
  });
});
