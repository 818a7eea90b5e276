import type { TrafficRecord } from "../record";

import { Html, html } from "./html";
import { type Picture, pictures as picturesOf } from "./pictures";
import { creationOf } from "./sections/creation";
import { failuresOf } from "./sections/failures";
import { headOf } from "./sections/head";
import { latencyOf } from "./sections/latency";
import { scenariosOf } from "./sections/scenarios";
import { timelinesOf } from "./sections/timelines";
import { STYLE } from "./style";

/** Nothing is loaded, and nothing runs: the page is whole in itself. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/**
 * A record as one HTML document, which needs neither a network nor a script.
 * @param pictures of the record, if they are drawn already
 */
export function page(record: TrafficRecord, pictures: Picture[] = picturesOf(record)): string {
  const { regions, creation, scenarios } = record;
  const body = html`${headOf(record)}
    <main>
      ${scenariosOf(scenarios)} ${timelinesOf(scenarios, regions, pictures)}
      ${latencyOf(scenarios, pictures)} ${failuresOf(scenarios)} ${creationOf(creation, pictures)}
    </main>
    <footer>
      <p class="muted">
        The load was real, and so were Envoy and the endpoint pickers; the model servers were
        simulated. All figures are in <code>record.json</code> beside this page.
      </p>
    </footer>`;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${POLICY}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Traffic through the rehearsed gateway</title>
        <style>
          ${new Html(STYLE)}
        </style>
      </head>
      <body>
        ${body}
      </body>
    </html> `.source;
}
