import type { PolicyComplianceFramework } from "@pulumi/policy";

/** A pillar of Google Cloud's Well-Architected Framework, which carries no version number. */
function pillar(name: string): PolicyComplianceFramework {
  const page = name.toLowerCase().replaceAll(" ", "-");
  return {
    name: "Google Cloud Well-Architected Framework",
    version: "",
    reference: name,
    specification: `https://cloud.google.com/architecture/framework/${page}`,
  };
}

export const reliability = pillar("Reliability");
export const security = pillar("Security");
export const costOptimization = pillar("Cost optimization");
export const operationalExcellence = pillar("Operational excellence");
