/** Where Google's APIs are, of the versions that this command asks. */
export const COMPUTE = "https://compute.googleapis.com/compute/v1/projects";
export const CONTAINER = "https://container.googleapis.com/v1/projects";
export const HUB = "https://gkehub.googleapis.com/v1/projects";
export const PROJECTS = "https://cloudresourcemanager.googleapis.com/v3/projects";
export const SERVICES = "https://serviceusage.googleapis.com/v1/projects";
export const BUCKETS = "https://storage.googleapis.com/storage/v1/b";
/** A secret's own name follows: `projects/p/secrets/s`. */
export const SECRETS = "https://secretmanager.googleapis.com/v1";
export const USER = "https://openidconnect.googleapis.com/v1/userinfo";
