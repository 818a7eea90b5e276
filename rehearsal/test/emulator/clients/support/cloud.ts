import { gaxios, type OAuth2Client } from "google-auth-library";

import { account } from "./client";

/** How the libraries of Google Cloud are told who calls, and that they speak REST. */
export function overRest(): { authClient: OAuth2Client; fallback: true } {
  return { authClient: account(new Transporter()), fallback: true };
}

/**
 * Over REST, google-gax 5.0.8 (fallbackServiceStub.js) brings an agent of its own, which knows nothing of HTTPS_PROXY;
 * without it, requests go the way of all the others. And it reads refusals itself, which a transporter that throws keeps
 * from it.
 */
class Transporter extends gaxios.Gaxios {
  override request<T>(options: gaxios.GaxiosOptions = {}) {
    return super.request<T>({ ...options, agent: undefined, validateStatus: () => true });
  }
}

/** One page of a list that does not page by itself: what is on it, and the request for the next one. */
type Page<T, R> = [T[], R | null, unknown];

/** The pages of a list, by the names of what is on each. */
export async function pagesOf<T extends { name?: string | null }, R extends object>(
  list: (request: R, options: { autoPaginate: false }) => Promise<unknown>,
  request: R,
): Promise<(string | null | undefined)[][]> {
  const all = [];
  let next: R | null = request;
  while (next) {
    const page: Page<T, R> = (await list(next, { autoPaginate: false })) as Page<T, R>;
    all.push(page[0].map(({ name }) => name));
    next = page[1];
  }
  return all;
}
