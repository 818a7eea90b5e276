import { BREAK, type Break, setAt } from "../breaks/break";
import { alter } from "../drill/alter";

const { at, change, follows } = JSON.parse(process.env[BREAK] ?? "") as Break;

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
