import { vllmProblem } from "../../../config/rules/software";

test.each([
  [
    "v0.11.0",
    "v0.11.1 or newer: the images of v0.9.0 to v0.11.0 do not find the GPU's driver on GKE",
  ],
  ["v0.11.1", undefined],
])("whether vLLM %s runs on GKE", (version, problem) => {
  expect(vllmProblem(version)).toBe(problem);
});
