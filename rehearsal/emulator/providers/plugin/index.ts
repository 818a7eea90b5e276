export type { Log } from "./engine";
export { ANY, changesBetween, formatPath, isWithin, parsePath, valueAt } from "./paths";
export type { Change, Path } from "./paths";
export * from "./provider";
export { listen, serve } from "./serve";
export { fromJson } from "./struct";
export * from "./values";
