// Looking at reports: single ones near by, numbers of them from afar. The list beside the map has
// the same reports; the map follows its filters.

const SPOT = 30;
const STREET_ZOOM = 16;

export function browse(element, map, areas, arrangeLabels) {
  const area = areas.find(element.dataset.area);
  if (area) map.fitBounds(area.bounds, { animate: false });
  const card = newCard(element, map);
  const more = element.querySelector("[data-map-more]");
  const tiles = new Map();

  function load(key, coords) {
    const url = tileUrl(element.dataset, coords);
    const tile = { markers: L.layerGroup(), stop: new AbortController(), more: false };
    tiles.set(key, tile);
    fetch(url, { signal: tile.stop.signal })
      .then((response) => (response.ok ? response.json() : Promise.reject(response.status)))
      .then((found) => {
        tile.more = found.more;
        addAll(tile.markers, found, element, map, card);
        tile.markers.addTo(map);
        arrangeLabels();
        tell();
      })
      .catch((error) => tile.stop.signal.aborted || console.warn(error));
  }

  function drop(key) {
    const tile = tiles.get(key);
    if (!tile) return;
    tile.stop.abort();
    tile.markers.remove();
    tiles.delete(key);
  }

  function tell() {
    more.hidden = ![...tiles.values()].some((tile) => tile.more);
  }

  // What Leaflet cuts into tiles anyway, without its pictures: which tiles are in view.
  function refresh() {
    const z = Math.floor(map.getZoom());
    const wanted = tilesInView(map, z);
    for (const key of [...tiles.keys()]) if (!wanted.has(key)) drop(key);
    for (const [key, coords] of wanted) if (!tiles.has(key)) load(key, coords);
    tell();
  }

  map.on("zoomstart", () => [...tiles.keys()].forEach(drop));
  map.on("moveend", refresh);
  map.on("click", card.close);
  refresh();
}

function tilesInView(map, z) {
  const view = map.getBounds();
  const bounds = L.bounds(map.project(view.getNorthWest(), z), map.project(view.getSouthEast(), z));
  const last = 2 ** z - 1;
  const clamp = (value) => Math.max(0, Math.min(last, Math.floor(value / 256)));
  const wanted = new Map();
  for (let x = clamp(bounds.min.x); x <= clamp(bounds.max.x); x += 1) {
    for (let y = clamp(bounds.min.y); y <= clamp(bounds.max.y); y += 1) {
      wanted.set(`${z}/${x}/${y}`, { z, x, y });
    }
  }
  return wanted;
}

function tileUrl({ reports, category, area, status }, { z, x, y }) {
  const url = reports.replace("{z}", z).replace("{x}", x).replace("{y}", y);
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ category, area, status })) {
    if (value) query.set(name, value);
  }
  return query.size === 0 ? url : `${url}?${query}`;
}

function addAll(group, found, element, map, card) {
  for (const [lat, lng, count] of found.clusters) {
    const words = element.dataset.sayCluster;
    const marker = bubble([lat, lng], count, words);
    const closer = Math.max(map.getZoom() + 1, Math.min(map.getZoom() + 2, STREET_ZOOM));
    onChosen(marker, () => {
      map.setView([lat, lng], closer);
      map.getContainer().focus({ preventScroll: true });
    });
    marker.addTo(group);
  }
  for (const spots of byPlace(found.spots)) {
    const [, lat, lng] = spots[0];
    const marker =
      spots.length > 1
        ? bubble([lat, lng], spots.length, element.dataset.saySame)
        : single(spots[0], element);
    onChosen(marker, () => card.open(spots, marker.getElement()));
    marker.addTo(group);
  }
}

// By a tap, or by Enter and Space as on a button.
function onChosen(marker, act) {
  marker.on("click", act);
  marker.on("keydown", ({ originalEvent }) => {
    if (!["Enter", " "].includes(originalEvent.key)) return;
    originalEvent.preventDefault();
    act();
  });
}

// Places are rounded: several reports of one corner lie on the same point.
function byPlace(spots) {
  const places = new Map();
  for (const spot of spots) {
    const key = `${spot[1]},${spot[2]}`;
    places.set(key, [...(places.get(key) ?? []), spot]);
  }
  return places.values();
}

function bubble(latlng, count, words) {
  const number = new Intl.NumberFormat(document.documentElement.lang).format(count);
  const size = count < 10 ? 34 : count < 100 ? 42 : 50;
  const html = Object.assign(document.createElement("span"), { textContent: number });
  return named(latlng, "map-bubble", size, html, words.replace("{count}", number));
}

function single([, lat, lng, category, status], element) {
  const tag = words(element, "status", status).firstElementChild;
  const tone = /\btag-(\w+)/.exec(tag?.className ?? "")?.[1] ?? "new";
  const html = tag?.querySelector("svg")?.cloneNode(true) ?? document.createElement("span");
  const name = `${words(element, "category", category).textContent.trim()}, ${tag?.textContent.trim()}`;
  return named([lat, lng], `map-spot map-spot-${tone}`, SPOT, html, name);
}

function named(latlng, className, size, html, name) {
  const icon = L.divIcon({ className, html, iconSize: [size, size] });
  const marker = L.marker(latlng, { icon, riseOnHover: true });
  marker.on("add", () => {
    marker.getElement().setAttribute("aria-label", name);
    marker.getElement().dataset.mapTaken = "";
  });
  return marker;
}

// A copy of what the page says for a code, as the rest of the page would show it.
function words(element, kind, code) {
  const all = element.querySelector(`template[data-map-${kind}-words]`).content;
  const found = all.querySelector(`[data-code="${CSS.escape(code)}"]`);
  return found ? found.cloneNode(true) : document.createElement("span");
}

function newCard(element, map) {
  const card = element.querySelector("[data-map-card]");
  const list = card.querySelector("[data-map-card-list]");
  let opener = null;

  function close({ giveBack = false } = {}) {
    if (card.hidden) return;
    card.hidden = true;
    if (giveBack) (opener?.isConnected ? opener : map.getContainer()).focus();
  }

  function open(spots, marker) {
    opener = marker;
    list.replaceChildren(...spots.map((spot) => entry(spot, element)));
    card.hidden = false;
    card.scrollTop = 0;
    card.querySelector("a").focus({ preventScroll: true });
  }

  L.DomEvent.disableClickPropagation(card);
  L.DomEvent.disableScrollPropagation(card);
  card.querySelector("[data-map-close]").addEventListener("click", () => close({ giveBack: true }));
  element.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close({ giveBack: true });
  });
  return { open, close };
}

function entry([number, , , category, status, day, text], element) {
  const made = element.querySelector("template[data-map-entry]").content.cloneNode(true);
  const fill = (name, content) => made.querySelector(`[data-map-${name}]`).append(content);
  fill("category", words(element, "category", category));
  fill("status", words(element, "status", status));
  fill("day", dayWords(day));
  fill("text", text);
  const link = made.querySelector("a");
  const shown = `${number.slice(0, 4)}-${number.slice(4)}`;
  link.href = element.dataset.report.replace("{number}", shown);
  link.append(link.dataset.words.replace("{number}", shown));
  return made;
}

function dayWords(day) {
  const { lang } = document.documentElement;
  // Many browsers have no Khmer: they would name the month in the language of the phone.
  const known = Intl.DateTimeFormat.supportedLocalesOf(lang).length > 0;
  const options = { dateStyle: known ? "medium" : "short", timeZone: "UTC" };
  return new Intl.DateTimeFormat(known ? lang : ["vi", "en-GB"], options).format(new Date(day));
}
