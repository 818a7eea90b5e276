import { type Break, BREAKS, setAt } from "./breaks/break";
import { alter } from "./alter";

for (const { at, change, follows } of JSON.parse(process.env[BREAKS] ?? "") as Break[]) {
  alter(`${at.type}::${at.name}`, ({ props }) => {
    if ("to" in change) {
      const all = { [change.set]: change.to, ...change.also };
      for (const [place, to] of Object.entries(all)) setAt(props, place, to);
    } else if ("unset" in change) setAt(props, change.unset, undefined);
    else throw new Error("from outside a program no resource can be left out or doubled");
  });

  if (follows) {
    const { at: other, set, to } = follows;
    alter(`${other.type}::${other.name}`, ({ props }) => setAt(props, set, to));
  }
}
