import type { PolicyComplianceFramework } from "@pulumi/policy";

/** A pillar of Google Cloud's Well-Architected Framework, which carries no version number. */
function pillar(name: string): PolicyComplianceFramework {
  return {
    name: "Google Cloud Well-Architected Framework",
    version: "",
    reference: name,
    specification: `https://cloud.google.com/architecture/framework/${name.toLowerCase()}`,
  };
}

export const reliability = pillar("Reliability");
