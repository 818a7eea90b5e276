/** How a policy reads a stack, judges it and reports: all that a subject needs of the frame. */
export type { Dated } from "./dated";
export { entriesAt, fieldOf } from "./entries";
export { advice, allOn, type Finding, messageOf, on, pending, violation } from "./finding";
export { costOptimization, operationalExcellence, reliability, security } from "./framework";
export { append, groupBy } from "./groupBy";
export { asAsked, askedOf, rememberInputs, withInputs } from "./inputs";
export { beyondLimits, type Limits } from "./limits";
export { COMPARED, LISTED, listed, nameHint, quoted } from "./nameHint";
export { nearest } from "./nearest";
export { slipOf } from "./slip";
export { objectKindOf } from "./objectKind";
export { resourcePolicy, stackPolicy } from "./policy";
export { correct, type Edit, ensure, remove, set } from "./remedy";
export { requireSwitch, requireValue, type Requirement } from "./require";
export { byName, Resource, resourcesOfType, type Selector } from "./resource";
export {
  isOneOf,
  listSetting,
  numberSetting,
  productionStacks,
  type SettingSchema,
} from "./settings";
export { boolean, integer, labels, list, misfits, object, type ObjectShape, string } from "./shape";
export type { Stack } from "./stack";
export { type RawProps, rawProps, Value } from "./value";
