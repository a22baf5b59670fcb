// Points and the city's areas, by plain arithmetic: nothing is sent anywhere to find a ward.

const METRES_PER_DEGREE = 111_195;
// The same as in hopthu.core.geometry; the borders here are simplified, so that "near" is wider.
const REACH_M = 200;
const BORDER_M = 60;

// About 10 m: what the city keeps of a place.
export function roundTo10m({ lat, lng }) {
  return { lat: Number(lat.toFixed(4)), lng: Number(lng.toFixed(4)) };
}

// The areas at a point: the one that holds it, or else the nearest within reach, and after it those
// whose border is close. None: the point lies outside the city.
export function areasAt(point, areas) {
  return areas
    .map((area) => ({ area, metres: distance(point, area.rings) }))
    .filter(({ metres }) => metres <= REACH_M)
    .sort((a, b) => a.metres - b.metres)
    .filter(({ metres }, place) => place === 0 || metres <= BORDER_M)
    .map(({ area }) => area);
}

// Metres from a point to an area; 0 inside.
function distance(point, rings) {
  if (isInside(point, rings)) return 0;
  const shrink = Math.cos((point.lat * Math.PI) / 180);
  let nearest = Infinity;
  for (const ring of rings) {
    for (let i = 1; i < ring.length; i += 1) {
      nearest = Math.min(nearest, toSegment(point, ring[i - 1], ring[i], shrink));
    }
  }
  return nearest * METRES_PER_DEGREE;
}

// Even-odd over all rings: right for holes and for several parts alike.
function isInside({ lat, lng }, rings) {
  let inside = false;
  for (const ring of rings) {
    for (let i = 1; i < ring.length; i += 1) {
      const [x1, y1] = ring[i - 1];
      const [x2, y2] = ring[i];
      if (y1 > lat !== y2 > lat && lng < ((x2 - x1) * (lat - y1)) / (y2 - y1) + x1) {
        inside = !inside;
      }
    }
  }
  return inside;
}

// Degrees of latitude, on a plane that touches the point.
function toSegment({ lat, lng }, [x1, y1], [x2, y2], shrink) {
  const [ax, ay] = [(x1 - lng) * shrink, y1 - lat];
  const [dx, dy] = [(x2 - x1) * shrink, y2 - y1];
  const length = dx * dx + dy * dy;
  const along = length ? Math.max(0, Math.min(1, -(ax * dx + ay * dy) / length)) : 0;
  return Math.hypot(ax + along * dx, ay + along * dy);
}
