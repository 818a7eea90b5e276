import { CHART_VERSIONS, isChartVersion, UNUSABLE_CHARTS } from "../catalog/chartVersions";

/** What is allowed in place of a version that cannot be used, and why it cannot; undefined for one that can. */
export function chartVersionProblem(version: string): string | undefined {
  if (isChartVersion(version)) return undefined;
  const why = UNUSABLE_CHARTS.get(version) ?? "no such version was tried with this program";
  return `${CHART_VERSIONS.join(", ")}; not ${version}: ${why}`;
}
