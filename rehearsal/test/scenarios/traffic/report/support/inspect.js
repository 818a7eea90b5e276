// Runs in the browser, on the page of a report: what is there, and where.
(() => {
  const rectOf = (element) => {
    const { left, top, right, bottom } = element.getBoundingClientRect();
    return { left, top, right, bottom };
  };
  const charts = [...document.querySelectorAll("svg")].map((svg) => ({
    name: svg.querySelector("title")?.textContent,
    label: svg
      .getAttribute("aria-labelledby")
      .split(" ")
      .map((id) => document.getElementById(id).textContent),
    rect: rectOf(svg),
    background: getComputedStyle(svg.querySelector("rect, path")).fill,
    texts: [...svg.querySelectorAll("text")].map((text) => ({
      text: text.textContent,
      rect: rectOf(text),
    })),
  }));
  return {
    text: document.body.innerText,
    scripts: document.querySelectorAll("script").length,
    ids: [...document.querySelectorAll("[id]")].map(({ id }) => id),
    links: [...document.querySelectorAll("a")].map((link) => link.getAttribute("href")),
    loads: [...document.querySelectorAll("[src], link, iframe, object, use, image")].map(
      (element) => element.outerHTML,
    ),
    headings: [...document.querySelectorAll("h1, h2, h3")].map(({ innerText }) => innerText),
    overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    charts,
  };
})();
