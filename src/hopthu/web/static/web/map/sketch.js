// A sketch of streets and water for a small place: the operator's city.geojson.

// Returns the names to write beside the streets: where, at what angle.
export async function drawSketch(map, url) {
  if (!url) return [];
  try {
    const response = await fetch(url);
    if (!response.ok) throw new Error(`no sketch: ${response.status}`);
    const sketch = await response.json();
    for (const kind of ["water", "green", "street"]) drawKind(map, sketch, kind);
    return sketch.features.filter((each) => each.properties.name).map(nameOf);
  } catch (error) {
    console.warn(error);
    return [];
  }
}

function drawKind(map, sketch, kind) {
  const features = sketch.features.filter((each) => each.properties.kind === kind);
  const isLine = ({ geometry }) => geometry.type.endsWith("LineString");
  L.geoJSON(features, {
    interactive: false,
    style: (feature) => ({
      className: `map-${kind}${isLine(feature) ? " map-line" : ""}`,
      // Only what is cut off at the edge goes by this width; what is drawn goes by map.css.
      weight: isLine(feature) ? 12 : 0,
    }),
  }).addTo(map);
}

function nameOf({ properties, geometry }) {
  const line = longest(geometry);
  const middle = Math.max(1, Math.floor(line.length / 2));
  const [x1, y1] = line[middle - 1];
  const [x2, y2] = line[middle];
  const shrink = Math.cos((y1 * Math.PI) / 180);
  let angle = (Math.atan2(y1 - y2, (x2 - x1) * shrink) * 180) / Math.PI;
  if (Math.abs(angle) > 90) angle -= Math.sign(angle) * 180;
  return {
    name: properties.name,
    kind: properties.kind,
    label: { lat: (y1 + y2) / 2, lng: (x1 + x2) / 2 },
    angle: geometry.type.endsWith("LineString") ? angle : 0,
  };
}

function longest({ type, coordinates }) {
  const depth = { LineString: 0, MultiLineString: 1, Polygon: 1, MultiPolygon: 2 }[type];
  const lines = coordinates.flat(Math.max(0, depth - 1));
  return depth === 0 ? lines : lines.reduce((a, b) => (b.length > a.length ? b : a));
}
