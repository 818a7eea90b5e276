/** Tests that are there only to prove, over the whole program, that a defect is avoided. */
export const CLOUD = "test/howTo/cloud.test.ts";
export const KUBERNETES = "test/howTo/kubernetes.test.ts";
