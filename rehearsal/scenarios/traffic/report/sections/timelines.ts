import type { Mark, ScenarioRecord } from "../../record";

import { summaryOf } from "../charts/timeline";
import { type Html, html, NOTHING } from "../html";
import { type Picture, slugOf, timelineName } from "../pictures";

import { figureOf } from "./figure";

/** A part for each scenario: its load second by second, what happened, what is wrong. */
export function timelinesOf(
  scenarios: ScenarioRecord[],
  regions: string[],
  pictures: Picture[],
): Html {
  return html`<section aria-labelledby="timelines">
    <h2 id="timelines">Load, second by second</h2>
    <p class="muted">
      Above: requests of each second, by the region that served them; those that failed are on top.
      Below: KV cache use of each region. Dashed vertical lines are what happened.
    </p>
    ${scenarios.map(
      (scenario) =>
        html`<section aria-labelledby="${slugOf(scenario.name)}">
          <h3 id="${slugOf(scenario.name)}">${scenario.name}</h3>
          ${timelineOf(scenario, regions, pictures)} ${marksOf(scenario.marks)}
        </section>`,
    )}
  </section>`;
}

function timelineOf(scenario: ScenarioRecord, regions: string[], pictures: Picture[]): Html {
  const { name, title, timeline } = scenario;
  if (timeline.length === 0) return html`<p>${title}. It has no load of its own.</p>`;
  return figureOf(pictures, timelineName(name), summaryOf(scenario, regions));
}

function marksOf(marks: Mark[]): Html {
  if (marks.length === 0) return NOTHING;
  const items = marks.map(({ second, text }) => html`<li>second ${second}: ${text}</li>`);
  return html`<ul>
    ${items}
  </ul>`;
}
