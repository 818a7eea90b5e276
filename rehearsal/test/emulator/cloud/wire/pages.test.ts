import { Call } from "../../../../emulator/cloud/wire/call";
import { pageOf } from "../../../../emulator/cloud/wire/pages";

const ALL = ["a", "b", "c", "d", "e"];

function page(query: string) {
  const call = { query: new URLSearchParams(query) } as Call;
  return pageOf(call, ALL, { parameter: "pageSize", max: 3 });
}

describe("a list", () => {
  test("comes in pages, each of which leads to the next", () => {
    const seen: string[][] = [];
    let token: string | undefined = "";
    while (token !== undefined) {
      const { items, nextPageToken } = page(`pageSize=2&pageToken=${token}`);
      seen.push(items);
      token = nextPageToken;
    }
    expect(seen).toEqual([["a", "b"], ["c", "d"], ["e"]]);
  });

  test("has no longer pages than the service gives", () => {
    expect(page("pageSize=100").items).toEqual(["a", "b", "c"]);
    expect(page("").items).toEqual(["a", "b", "c"]);
  });

  test("refuses a token that no list gave", () => {
    expect(() => page("pageToken=xyz")).toThrow("Invalid value for field 'pageToken': 'xyz'.");
  });
});
