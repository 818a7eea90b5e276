import type { Figure, ScenarioRecord } from "../../record";

import { durationText } from "../format";
import { type Html, html, NOTHING } from "../html";
import { slugOf } from "../pictures";

import { hasFailed } from "./head";

export function scenariosOf(scenarios: ScenarioRecord[]): Html {
  return html`<section aria-labelledby="scenarios">
    <h2 id="scenarios">Scenarios</h2>
    <table class="scenarios">
      <thead>
        <tr>
          <th scope="col">result</th>
          <th scope="col">scenario</th>
          <th scope="col">figures</th>
          <th scope="col" class="number">took</th>
        </tr>
      </thead>
      <tbody>
        ${scenarios.map(row)}
      </tbody>
    </table>
  </section>`;
}

function row(scenario: ScenarioRecord): Html {
  const { name, title, seconds, figures } = scenario;
  // Signs beside the colours: not every reader sees them, and not every printer has them.
  const result = hasFailed(scenario)
    ? html`<span class="failed">✗ failed</span>`
    : html`<span class="passed">✓ passed</span>`;
  return html`<tr>
    <td>${result}</td>
    <th scope="row">
      <a href="#${slugOf(name)}">${name}</a><br /><span class="muted">${title}</span>
    </th>
    <td>
      <ul class="figures">
        ${figures.map(figure)}
      </ul>
    </td>
    <td class="number">${durationText(seconds)}</td>
  </tr>`;
}

function figure({ name, value, expected }: Figure): Html {
  const wanted =
    expected === undefined ? NOTHING : html` <span class="muted">(expected: ${expected})</span>`;
  return html`<li>${name}: <strong>${value}</strong>${wanted}</li>`;
}
