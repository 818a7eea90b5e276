import { areApart, projectOf } from "../fleet/project";
import { type Resource, resourcesOfType } from "../frame";

/** Grants on a project; any other type of grant may hold for several. */
const ofProject = resourcesOfType(
  "gcp:projects/iAMMember:IAMMember",
  "gcp:projects/iAMBinding:IAMBinding",
);

/** `request.time < timestamp("2026-01-01T00:00:00Z")` */
const UNTIL = /request\.time\s*<=?\s*timestamp\(["']([^"']+)["']\)/;

/** Whether a grant certainly gives nothing in a project: it is for another one, or over. */
export function isElsewhere(grant: Resource, project: string | undefined): boolean {
  const isOther = ofProject.matches(grant) && areApart(projectOf(grant), project);
  return isOther || isOver(grant);
}

/** Whether a grant holds only while a condition does. */
export function isConditional({ props }: Resource): boolean {
  const condition = props.at("condition");
  return condition.present || condition.unknown;
}

function isOver({ props }: Resource): boolean {
  const [, end = ""] = UNTIL.exec(props.at("condition", "expression").text ?? "") ?? [];
  return Date.parse(end) < Date.now();
}
