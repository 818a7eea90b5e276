// Runs in the browser, on the page of an SVG: what is drawn, and where. Its value is the promise.
// oxlint-disable-next-line typescript/no-floating-promises
(async () => {
  const svg = document.documentElement;
  const broken = document.querySelector("parsererror");
  if (broken) return { broken: broken.textContent, boxes: [], texts: [], lines: [] };
  await document.fonts.ready;

  const rectOf = (element) => {
    const { left, top, right, bottom } = element.getBoundingClientRect();
    return { left, top, right, bottom };
  };
  const fillOf = (element) => getComputedStyle(element).fill;
  const boxOf = (element) => element.closest("g[id]")?.id;

  const boxes = [...svg.querySelectorAll("g[id]")].map((group) => {
    const frame = group.querySelector(":scope > rect");
    const inside = boxOf(group.parentElement);
    return {
      id: group.id,
      kind: group.getAttribute("class"),
      inside,
      rect: rectOf(frame),
      fill: fillOf(frame),
    };
  });
  const texts = [...svg.querySelectorAll("text")].map((text) => ({
    text: text.textContent,
    inside: boxOf(text),
    rect: rectOf(text),
    fill: fillOf(text),
    // A text without a glyph that is drawn has no width.
    font: getComputedStyle(text).fontFamily,
  }));
  const lines = [...svg.querySelectorAll("path")].map((line) => {
    const length = line.getTotalLength();
    const points = [];
    for (let at = 0; at <= length; at += 2) {
      const { x, y } = line.getPointAtLength(at);
      points.push([x, y]);
    }
    return { kind: line.getAttribute("class"), points };
  });
  const { width, height } = svg.viewBox.baseVal;
  return { view: { left: 0, top: 0, right: width, bottom: height }, boxes, texts, lines };
})();
