import type { Creation } from "../../record";

import { durationText } from "../format";
import { type Html, html, NOTHING } from "../html";
import { CREATION, type Picture } from "../pictures";

import { figureOf } from "./figure";

const SLOWEST = 5;

export function creationOf(creation: Creation[], pictures: Picture[]): Html {
  if (creation.length === 0) return NOTHING;
  const ends = Math.max(...creation.map(({ endSecond }) => endSecond));
  const caption = `${creation.length} resources in ${durationText(ends)}. A step is a resource that is ready; global resources belong to no region.`;
  return html`<section aria-labelledby="creation">
    <h2 id="creation">Creation of the stack</h2>
    ${figureOf(pictures, CREATION, caption)} ${slowest(creation)}
  </section>`;
}

function slowest(creation: Creation[]): Html {
  const rows = [...creation]
    .sort((one, other) => took(other) - took(one))
    .slice(0, SLOWEST)
    .map(
      (each) =>
        html`<tr>
          <th scope="row">${each.resource}</th>
          <td>${each.region ?? "global"}</td>
          <td class="number">${durationText(each.startSecond)}</td>
          <td class="number">${durationText(took(each))}</td>
        </tr>`,
    );
  return html`<div class="table">
    <table>
      <caption>
        The slowest resources
      </caption>
      <thead>
        <tr>
          <th scope="col">resource</th>
          <th scope="col">region</th>
          <th scope="col" class="number">begun after</th>
          <th scope="col" class="number">took</th>
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
}

function took({ startSecond, endSecond }: Creation): number {
  return endSecond - startSecond;
}
