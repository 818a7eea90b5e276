import { createSecureContext, type SecureContext } from "node:tls";

import { type Dispatcher, ProxyAgent, request } from "undici";

import type { Json } from "./json";

/** A request to one of Google's APIs. */
export interface Request {
  verb: string;
  /** Google's own: `https://compute.googleapis.com/compute/v1/...` */
  url: string;
  body?: object;
}

export interface Answer {
  status: number;
  /** Empty where the answer is. */
  json: Json;
}

/** The way on which requests get to Google's APIs. */
export type Transport = (request: Request) => Promise<Answer>;

/** The name by which all of Google's hosts are connected to. */
const SHARED_HOST = "www.googleapis.com";
const GOOGLE = /^https:\/\/[a-z0-9-]+\.googleapis\.com$/i;

/**
 * The emulated cloud as the proxy for Google's hosts.
 * @param cloudUrl of the emulated cloud, without path @param ca its certificate authority's certificate, PEM
 */
export function proxyTo(cloudUrl: string, ca: string): Dispatcher {
  const proxy = new ProxyAgent({ uri: cloudUrl, requestTls: { secureContext: trusting(ca) } });
  return proxy.compose(sharingConnections);
}

/** An authority is read once, not for each connection. */
const contexts = new Map<string, SecureContext>();

function trusting(ca: string): SecureContext {
  const known = contexts.get(ca) ?? createSecureContext({ ca });
  contexts.set(ca, known);
  return known;
}

/** Requests to all hosts share connections, since one server answers for them under one certificate: handshakes cost most. */
function sharingConnections(dispatch: Dispatcher.Dispatch): Dispatcher.Dispatch {
  return (options, handler) => {
    if (!GOOGLE.test(String(options.origin))) return dispatch(options, handler);
    const { host } = new URL(String(options.origin));
    const shared = {
      ...options,
      origin: `https://${SHARED_HOST}`,
      headers: { ...(options.headers as Record<string, string>), host },
      // Undici would otherwise connect anew for another host.
      servername: SHARED_HOST,
    };
    return dispatch(shared, handler);
  };
}

/**
 * Through a proxy.
 * @param token gives the access token of the caller; called once
 */
export function through(proxy: () => Dispatcher, token: () => Promise<string>): Transport {
  let known: Promise<string> | undefined;
  return async ({ verb, url, body }) => {
    known ??= token();
    const headers = {
      authorization: `Bearer ${await known}`,
      ...(body && { "content-type": "application/json" }),
    };
    const answer = await request(url, {
      method: verb as Dispatcher.HttpMethod,
      headers,
      body: body && JSON.stringify(body),
      dispatcher: proxy(),
    });
    const text = await answer.body.text();
    return { status: answer.statusCode, json: text ? (JSON.parse(text) as Json) : {} };
  };
}
