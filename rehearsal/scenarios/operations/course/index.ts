import type { Step } from "../step";

import { begin } from "./begin";
import { end } from "./end";
import { incident } from "./incident";
import { size } from "./size";
import { traffic } from "./traffic";
import { verification } from "./verification";

/** A stack's life, in which its operators type every command of the page. @param policyPack what runs the pack */
export function course(policyPack: string): readonly Step[] {
  return [...begin, ...verification, ...traffic, ...incident, ...size(policyPack), ...end];
}
