// The city's areas: the ground that everything stands on, with or without streets.

const FALLBACK = ["vi", "en", "km"];
const WORLD = [
  [-60, -180],
  [75, 180],
];

export async function fetchAreas(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`no areas: ${response.status}`);
  return response.json();
}

// Needs Leaflet.
export class Areas {
  constructor(collection) {
    this.collection = collection;
    this.all = collection.features.map(readArea);
    this.bounds = L.latLngBounds(WORLD);
    if (this.all.length) this.bounds = boundsOf(this.all.flatMap((area) => area.rings));
  }

  find(code) {
    return this.all.find((area) => area.code === code);
  }
}

function readArea({ properties, geometry }) {
  const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  return {
    code: properties.code,
    name: inLanguage(properties.name),
    label: { lat: properties.label[1], lng: properties.label[0] },
    rings: polygons.flat(),
    bounds: boundsOf(polygons.flat()),
  };
}

function boundsOf(rings) {
  return L.latLngBounds(rings.flat().map(([lng, lat]) => [lat, lng]));
}

function inLanguage(name) {
  const language = [document.documentElement.lang, ...FALLBACK].find((code) => name[code]);
  return language ? name[language] : "";
}

export function drawAreas(map, areas, { overStreets }) {
  const className = overStreets ? "map-area map-area-line" : "map-area";
  L.geoJSON(areas.collection, {
    interactive: false,
    style: { className, weight: overStreets ? 2 : 1.5 },
  }).addTo(map);
  // Lines say nothing to a screen reader; the names (labels.js) do.
  map.getPane("overlayPane").setAttribute("aria-hidden", "true");
}
