import type { Registered } from "../support/policies";

import { access, fleet, providers } from "./parts/access";
import { clusters } from "./parts/clusters";
import { gateway } from "./parts/gateway";
import { network } from "./parts/network";
import { picker } from "./parts/picker";
import { serving, type Serving, VLLM } from "./parts/serving";
import { type Site, SITE } from "./parts/site";

/** Choices of a program that every reader of the how-to makes in another way. */
export interface Choices extends Partial<Serving> {
  readonly site?: Site;
  readonly picker?: string;
}

/** A whole program: everything that a gateway to two clusters needs. */
export function program({ site = SITE, picker: maker, ...choices }: Choices = {}): Registered[] {
  return [...cloudHalf(site), ...objectHalf({ site, ...choices, ...(maker && { picker: maker }) })];
}

/** What is in Google Cloud alone. */
export function cloudHalf(site: Site = SITE): Registered[] {
  return [...access(site), ...network(site), ...clusters(site), ...fleet(site)];
}

/** What is in the clusters, and the providers by which it gets there. */
export function objectHalf({ site = SITE, picker: maker, ...choices }: Choices = {}): Registered[] {
  const { engine = VLLM, ...rest } = choices;
  return [
    ...providers(site),
    ...site.places.flatMap((place) => [
      ...serving(site, place, { engine, ...rest }),
      ...picker(site, place, maker),
    ]),
    ...gateway(site, { port: engine.port }),
  ];
}
