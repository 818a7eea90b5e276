import { Html, html, NOTHING } from "../html";
import type { Picture } from "../pictures";

/** A chart with its caption; nothing, if the record has no data for it. */
export function figureOf(pictures: Picture[], name: string, caption: string): Html {
  const picture = pictures.find((each) => each.name === name);
  if (!picture) return NOTHING;
  // A narrow screen scrolls the chart, not the page; the keyboard reaches it too.
  return html`<figure>
    <div class="wide" tabindex="0" role="group" aria-labelledby="${name}-title">
      ${new Html(picture.svg)}
    </div>
    <figcaption>${caption}</figcaption>
  </figure>`;
}
