import type { ScenarioRecord, TrafficRecord } from "../../record";

import { counted, dateText, durationText } from "../format";
import { type Html, html, NOTHING } from "../html";
import { slugOf } from "../pictures";

export function headOf({ begun, cores, seconds, parts, regions, scenarios }: TrafficRecord): Html {
  const facts = [
    ["begun", dateText(begun)],
    ["took", durationText(seconds)],
    ["machine", counted(cores, "core")],
    ["regions", regions.join(", ")],
    ...parts.map(({ name, version }) => [name, version]),
  ];
  return html`<header>
    <h1>Traffic through the rehearsed gateway</h1>
    <p class="result">${resultOf(scenarios)}</p>
    <dl class="run">
      ${facts.map(
        ([name = "", value = ""]) =>
          html`<div>
            <dt>${name}</dt>
            <dd>${value}</dd>
          </div>`,
      )}
    </dl>
    ${problemsOf(scenarios)}
  </header>`;
}

function resultOf(scenarios: ScenarioRecord[]): Html {
  const failed = scenarios.filter(hasFailed).length;
  const passed = scenarios.length - failed;
  const bad = failed === 0 ? "0 failed" : html`<span class="failed">${failed} failed</span>`;
  return html`${counted(scenarios.length, "scenario")}:
    <span class="passed">${passed} passed</span>, ${bad}`;
}

/** All that is wrong, before anything else. */
function problemsOf(scenarios: ScenarioRecord[]): Html {
  const failed = scenarios.filter(hasFailed);
  if (failed.length === 0) return NOTHING;
  return html`<section class="problems" aria-labelledby="problems">
    <h2 id="problems">What failed</h2>
    ${failed.map(
      ({ name, problems }) =>
        html`<h3><a href="#${slugOf(name)}">${name}</a></h3>
          <ul>
            ${problems.map((problem) => html`<li>${problem}</li>`)}
          </ul>`,
    )}
  </section>`;
}

export function hasFailed({ problems }: ScenarioRecord): boolean {
  return problems.length > 0;
}
