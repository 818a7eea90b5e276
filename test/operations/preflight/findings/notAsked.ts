import { HUB, PROJECT } from "../project";
import { problem, refusal, type Row, unknown } from "./row";

export const notAsked: Row[] = [
  [
    "an API of the project is not enabled",
    "fleet",
    {
      answers: {
        [HUB]: refusal(403, "GKE Hub API has not been used.", "SERVICE_DISABLED", {
          service: "gkehub.googleapis.com",
          consumer: `projects/${PROJECT}`,
        }),
      },
    },
    [
      unknown(
        "not asked, because gkehub.googleapis.com is not enabled yet; `pulumi up` enables it",
        `gcloud services enable gkehub.googleapis.com --project ${PROJECT}`,
      ),
    ],
  ],
  [
    "an API is not enabled in another project, the account's",
    "APIs",
    {
      answers: {
        "serviceusage.": refusal(403, "Service Usage API has not been used.", "SERVICE_DISABLED", {
          service: "serviceusage.googleapis.com",
          consumer: "projects/42",
        }),
      },
    },
    [
      problem(
        "serviceusage.googleapis.com is not enabled in project 42, and `pulumi up` does not enable it there",
        "gcloud services enable serviceusage.googleapis.com --project 42",
      ),
    ],
  ],
  [
    "Google is busy",
    "APIs",
    { answers: { "serviceusage.": refusal(503, "The service is currently unavailable.") } },
    [unknown("not answered: The service is currently unavailable.")],
  ],
  [
    "there is no way to Google",
    "APIs",
    { answers: { "serviceusage.": new Error("connect ECONNREFUSED") } },
    [unknown("not answered: serviceusage.googleapis.com: connect ECONNREFUSED")],
  ],
];
