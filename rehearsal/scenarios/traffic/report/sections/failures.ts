import type { ScenarioRecord } from "../../record";

import { failureText } from "../format";
import { type Html, html } from "../html";

/** Requests that were not answered with 200: a scenario may expect some. */
export function failuresOf(scenarios: ScenarioRecord[]): Html {
  const rows = scenarios.flatMap(({ name, failures }) =>
    Object.entries(failures).map(
      ([code, count]) =>
        html`<tr>
          <th scope="row">${name}</th>
          <td>${failureText(code)}</td>
          <td class="number">${count}</td>
        </tr>`,
    ),
  );
  return html`<section aria-labelledby="failures">
    <h2 id="failures">Answers other than 200</h2>
    ${rows.length === 0 ? html`<p>Every request was answered with 200.</p>` : table(rows)}
  </section>`;
}

function table(rows: Html[]): Html {
  return html`<table>
    <thead>
      <tr>
        <th scope="col">scenario</th>
        <th scope="col">answer</th>
        <th scope="col" class="number">requests</th>
      </tr>
    </thead>
    <tbody>
      ${rows}
    </tbody>
  </table>`;
}
