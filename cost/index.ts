export { type CostEstimate, type CostInput, estimateCost } from "./estimate";
export { costMessage } from "./message";
