import { type Finding, ok, problem } from "../finding";
import { COMPUTE } from "../google/apis";
import { GoogleRefusal } from "../google/refusal";
import type { Target } from "../target";

import type { Check } from "./check";

/**
 * Compute Engine refuses every call for a project without billing. The Cloud Billing API would say it too, but few
 * projects have enabled it, and `pulumi up` does not.
 */
export const billing: Check = {
  name: "billing",
  asks: "whether Compute Engine serves the project, which it does only with billing",
  ask: async ({ google, project }: Target): Promise<Finding[]> => {
    try {
      await google.get(`${COMPUTE}/${project}`);
      return [ok("Compute Engine serves the project")];
    } catch (error) {
      if (!(error instanceof GoogleRefusal) || error.reason !== "billing") throw error;
      const link = `gcloud billing projects link ${project} --billing-account <account>`;
      return [problem(`project ${project} has no billing: ${error.words}`, link)];
    }
  },
};
