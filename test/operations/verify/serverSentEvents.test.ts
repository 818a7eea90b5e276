import { eventsOf } from "../../../operations/verify/serverSentEvents";

test.each<[string, string, string[]]>([
  ["events", "data: a\n\ndata: [DONE]\n\n", ["a", "[DONE]"]],
  ["carriage returns", "data: a\r\n\r\ndata:b\r\n\r\n", ["a", "b"]],
  ["data of two lines", "data: a\ndata: b\n\n", ["a\nb"]],
  ["comments, other fields and empty events", ": ping\n\nevent: x\nid: 1\ndata: a\n\n\n\n", ["a"]],
  ["an event that has not ended", "data: a\n\ndata: [DONE]\n", ["a"]],
  ["nothing", "", []],
])("reads %s", (_, text, events) => {
  expect(eventsOf(text)).toEqual(events);
});
