import { COMPUTE, PROJECT } from "../project";
import { link, noBilling, ok, problem, type Row, unknown, warning } from "./row";

export const configuration: Row[] = [
  ["the program takes it", "configuration", {}, [ok("the program takes it")]],
  [
    "the program would warn",
    "configuration",
    { config: { model: { id: "meta-llama/Llama-3.1-70B-Instruct", adapters: [] } } },
    [
      warning(
        "GPU pool gpu of gke-west, gke-east: by its name, meta-llama/Llama-3.1-70B-Instruct has about 130 GiB of weights (70 billion " +
          "parameters of 2 bytes), and a GPU of g2-standard-8 has 24 GB: a model server has one GPU, and would not start. Take a larger GPU, " +
          "or a smaller or quantized model.",
      ),
    ],
  ],
  [
    "a zone that only the program's table lacks",
    "configuration",
    {
      config: {
        accelerator: {
          ...{ machineType: "g2-standard-8", minNodes: 1, maxNodes: 2 },
          zones: ["europe-west3-c", "us-east4-a"],
        },
      },
    },
    [ok("the program takes it")],
  ],
];

export const billing: Row[] = [
  [
    "no billing",
    "billing",
    { answers: { [COMPUTE]: noBilling } },
    [
      problem(
        `project ${PROJECT} has no billing: This API method requires billing to be enabled.`,
        link,
      ),
    ],
  ],
  [
    "a billing account that is closed",
    "billing",
    {
      answers: {
        [COMPUTE]: {
          status: 403,
          body: { error: { message: "Inactive.", errors: [{ reason: "inactiveBillingState" }] } },
        },
      },
    },
    [problem(`project ${PROJECT} has no billing: Inactive.`, link)],
  ],
  [
    "no billing, for another check",
    "reservations",
    {
      config: {
        accelerator: {
          ...{ machineType: "g2-standard-8", provisioning: "reservation", reservation: "ours" },
          zones: ["europe-west3-a", "us-east4-a"],
        },
      },
      answers: { [COMPUTE]: noBilling },
    },
    [unknown(`not asked, because project ${PROJECT} has no billing`)],
  ],
];
