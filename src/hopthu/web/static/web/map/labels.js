// The names of areas and streets, each where it fits and clear of what is drawn above it.

const STEPS = [0, -24, 24, -48, 48];

export function drawLabels(map, areas, streets) {
  const names = areas.all.map((area) => newLabel(map, area, fitsArea(map, area)));
  names.push(...streets.map((street) => newLabel(map, street, fitsStreet(map, street))));
  let asked = 0;

  function arrange() {
    asked = 0;
    const taken = [...map.getPane("markerPane").querySelectorAll("[data-map-taken]")].map((each) =>
      each.getBoundingClientRect(),
    );
    for (const each of names) arrangeOne(each, taken);
  }

  // Many tiles come at once: one look at the whole is enough.
  function ask() {
    asked ||= requestAnimationFrame(arrange);
  }

  map.on("moveend viewreset", ask);
  ask();
  return ask;
}

function newLabel(map, place, fits) {
  const words = document.createElement("span");
  words.textContent = place.name;
  words.className = `map-name-${place.kind ?? "area"}`;
  if (place.kind) words.ariaHidden = "true"; // many, and again and again: only for the eye
  if (place.angle) words.style.rotate = `${place.angle}deg`;
  const icon = L.divIcon({ className: "map-label", html: words, iconSize: [0, 0] });
  const options = { icon, interactive: false, keyboard: false, zIndexOffset: -10_000 };
  L.marker(place.label, options).addTo(map);
  return { words, fits };
}

// How far up or down a name may be moved and still be inside; null where it is too large.
function fitsArea(map, { bounds }) {
  return (words) => {
    const size = map.project(bounds.getSouthEast()).subtract(map.project(bounds.getNorthWest()));
    if (words.offsetWidth > size.x * 1.1 || words.offsetHeight > size.y) return null;
    return size.y / 2;
  };
}

function fitsStreet(map, { label, zoom }) {
  return () => (map.getZoom() >= zoom && map.getBounds().contains(label) ? 0 : null);
}

function arrangeOne({ words, fits }, taken) {
  words.hidden = false;
  const room = fits(words);
  const steps = room === null ? [] : STEPS.filter((step) => Math.abs(step) <= room);
  words.hidden = !steps.some((step) => {
    words.style.marginTop = `${step}px`;
    const mine = words.getBoundingClientRect();
    const free = !taken.some((other) => overlap(mine, other));
    if (free) taken.push(mine);
    return free;
  });
}

function overlap(a, b) {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
