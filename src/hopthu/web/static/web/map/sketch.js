// A sketch of streets and water for a small place: the operator's city.geojson.

const NAMED_FROM = 14.5;
const NAMED_OFTEN_FROM = 16;
const OFTEN_M = 450;
const METRES_PER_DEGREE = 111_195;

// Returns the names to write along the lines: where, at what angle, from which zoom on.
export async function drawSketch(map, url) {
  if (!url) return [];
  try {
    const response = await fetch(url);
    if (!response.ok) throw new Error(`no sketch: ${response.status}`);
    const sketch = await response.json();
    for (const kind of ["water", "green", "street"]) drawKind(map, sketch, kind);
    return sketch.features.filter((each) => each.properties.name).flatMap(namesOf);
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

function namesOf({ properties, geometry }) {
  const { type, coordinates } = geometry;
  const lines = { LineString: [coordinates], MultiLineString: coordinates }[type] ?? [];
  return lines.flatMap((line) => spotsAlong(line)).map((spot) => ({ ...properties, ...spot }));
}

// The middle of the line, and from near by a spot every now and then.
function spotsAlong(line) {
  const shrink = Math.cos((line[0][1] * Math.PI) / 180);
  const pieces = [];
  let length = 0;
  for (let i = 1; i < line.length; i += 1) {
    const [[x1, y1], [x2, y2]] = [line[i - 1], line[i]];
    const [dx, dy] = [(x2 - x1) * shrink, y2 - y1];
    const label = { lat: (y1 + y2) / 2, lng: (x1 + x2) / 2 };
    pieces.push({ from: length, label, angle: upright(dx, dy) });
    length += Math.hypot(dx, dy) * METRES_PER_DEGREE;
  }
  const at = (metres) => pieces.filter((piece) => piece.from <= metres).pop();
  const spots = [{ ...at(length / 2), zoom: NAMED_FROM }];
  for (let metres = (length / 2) % OFTEN_M; metres < length; metres += OFTEN_M) {
    spots.push({ ...at(metres), zoom: NAMED_OFTEN_FROM });
  }
  return spots;
}

// Degrees to turn words by along a line, never upside down.
function upright(dx, dy) {
  const angle = (Math.atan2(-dy, dx) * 180) / Math.PI;
  return Math.abs(angle) > 90 ? angle - Math.sign(angle) * 180 : angle;
}
