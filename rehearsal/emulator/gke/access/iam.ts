import { ClusterId } from "../gke";

/** What IAM knows of those who come to a cluster. */
export interface Iam {
  /** The account that a token is of, by its email. */
  userOf(token: string): string | undefined;
  /** Whether an account has a permission on a cluster. */
  allows(user: string, permission: string, cluster: ClusterId): boolean;
}
