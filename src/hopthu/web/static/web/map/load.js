// Scripts and styles of others, asked for once and only when a map is really drawn.

const asked = new Map();

export function loadScript(url) {
  return loadOnce(url, "script", { src: url });
}

export function loadStyle(url) {
  return loadOnce(url, "link", { rel: "stylesheet", href: url });
}

function loadOnce(url, tag, attributes) {
  if (!asked.has(url)) asked.set(url, added(tag, attributes, url));
  return asked.get(url);
}

function added(tag, attributes, url) {
  return new Promise((resolve, reject) => {
    const element = Object.assign(document.createElement(tag), attributes);
    element.onload = resolve;
    element.onerror = () => reject(new Error(`not loaded: ${url}`));
    document.head.append(element);
  });
}
