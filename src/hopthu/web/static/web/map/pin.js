// The pin: where the reader puts it, or where a report is.

const ZOOM = 16;

export function newPin(element, options = {}) {
  const picture = element.querySelector("template[data-map-pin]").content.cloneNode(true);
  const icon = L.divIcon({
    className: "map-pin",
    html: picture.firstElementChild,
    iconSize: [40, 52],
    iconAnchor: [20, 50],
  });
  // Nothing to do for a keyboard: in the tab order a pin would only be in the way.
  return L.marker([0, 0], { icon, keyboard: false, interactive: false, ...options });
}

export function show(element, map) {
  const place = { lat: Number(element.dataset.lat), lng: Number(element.dataset.lon) };
  newPin(element).setLatLng(place).addTo(map);
  map.setView(place, ZOOM, { animate: false });
}
