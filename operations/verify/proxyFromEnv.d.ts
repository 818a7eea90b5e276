declare module "proxy-from-env" {
  /** The proxy that `http_proxy` and `no_proxy` name for a URL; empty if it is asked without one. */
  export function getProxyForUrl(url: string): string;
}
