export { type CostEstimate, type CostInput, estimateCost } from "./estimate";
export { costMarkdown, costMessage } from "./message";
