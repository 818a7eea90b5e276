import { CHART_VERSIONS, isChartVersion, UNUSABLE_CHARTS } from "../catalog/chartVersions";

/** The versions that are allowed, and why this one is not; undefined if it is. */
export function chartVersionProblem(version: string): string | undefined {
  if (isChartVersion(version)) return undefined;
  const why = UNUSABLE_CHARTS.get(version) ?? "this program was not tested with it";
  return `${CHART_VERSIONS.join(", ")}; not ${version}: ${why}`;
}
