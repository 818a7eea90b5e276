import type { ScenarioRecord } from "../../record";

import { latencyRows } from "../charts/latency";
import { latencyText } from "../format";
import { type Html, html, NOTHING } from "../html";
import { LATENCY, type Picture } from "../pictures";

import { figureOf } from "./figure";

const CAPTION =
  "Half of the answers came within p50, 90 % within p90, 99 % within p99. The axis is logarithmic.";

export function latencyOf(scenarios: ScenarioRecord[], pictures: Picture[]): Html {
  const rows = latencyRows(scenarios);
  if (rows.length === 0) return NOTHING;
  return html`<section aria-labelledby="latency">
    <h2 id="latency">Latency</h2>
    ${figureOf(pictures, LATENCY, CAPTION)}
    <div class="table">
      <table>
        <thead>
          <tr>
            <th scope="col">scenario</th>
            <th scope="col">answers</th>
            ${["count", "p50", "p90", "p99", "max"].map(
              (name) => html`<th scope="col" class="number">${name}</th>`,
            )}
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            ({ scenario, name, count, p50, p90, p99, max }) =>
              html`<tr>
                <th scope="row">${scenario}</th>
                <td>${name}</td>
                <td class="number">${count}</td>
                ${[p50, p90, p99, max].map(
                  (seconds) => html`<td class="number">${latencyText(seconds)}</td>`,
                )}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </section>`;
}
