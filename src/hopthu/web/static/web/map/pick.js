// Choosing a place: tap the map, drag the pin, or move the map under the cross-hair and press
// Enter. Fills the form's `lat` and `lon`, rounded to about 10 m; nothing finer leaves the phone.

import { newPin } from "./pin.js";
import { areasAt, roundTo10m } from "./places.js";

const STREET_ZOOM = 17;
const CLOSE = 16;
// Leaflet forgets where it is sent to while it still moves.
const AT_ONCE = { animate: false };

export function pick(element, map, areas) {
  const form = element.closest("form");
  const inputs = { lat: input(form, element, "lat"), lng: input(form, element, "lon") };
  const pin = newPin(element, { draggable: true, interactive: true, autoPan: true });
  const find = (name) => element.querySelector(`[data-map-${name}]`);

  function say(words, wrong = false) {
    find("said").textContent = words;
    find("said").classList.toggle("map-said-wrong", wrong);
  }

  function put(latlng) {
    const place = roundTo10m(latlng);
    pin.setLatLng(place).addTo(map);
    fill(inputs, place.lat.toFixed(4), place.lng.toFixed(4));
    const found = areasAt(place, areas.all);
    pin.getElement().classList.toggle("map-pin-wrong", found.length === 0);
    find("clear").hidden = false;
    say(wordsFor(found, element.dataset), found.length === 0);
  }

  // From afar a finger covers whole streets: come closer, so that the pin can be put right.
  function putAndLook(latlng) {
    put(latlng);
    if (map.getZoom() < CLOSE) map.setView(pin.getLatLng(), CLOSE, AT_ONCE);
  }

  function clear() {
    pin.remove();
    fill(inputs, "", "");
    find("clear").hidden = true;
    say(element.dataset.sayCleared);
    find("place").focus();
  }

  map.on("click", (event) => putAndLook(event.latlng));
  pin.on("dragend", () => put(pin.getLatLng()));
  map.getContainer().addEventListener("keydown", (event) => {
    if (event.target !== map.getContainer() || !["Enter", " "].includes(event.key)) return;
    event.preventDefault();
    putAndLook(map.getCenter());
  });
  find("place").addEventListener("click", () => putAndLook(map.getCenter()));
  find("clear").addEventListener("click", clear);
  nearMe(find("locate"), map, areas, say, element.dataset);
  followForm(form, map, areas, () => map.hasLayer(pin));
  for (const field of Object.values(inputs)) {
    field.addEventListener("change", () => goToTyped(inputs, map, pin, put));
  }
  goToTyped(inputs, map, pin, put);
}

function input(form, element, name) {
  const there = form?.elements[name];
  if (there) return there;
  const made = Object.assign(document.createElement("input"), { type: "hidden", name });
  element.append(made);
  return made;
}

// As if typed, so that whatever keeps a draft of the form hears of it.
function fill(inputs, lat, lng) {
  const changed = [inputs.lat, inputs.lng].filter((field, i) => field.value !== [lat, lng][i]);
  inputs.lat.value = lat;
  inputs.lng.value = lng;
  for (const field of changed) {
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

function wordsFor(found, words) {
  if (found.length === 0) return words.sayOutside;
  if (found.length === 1) return words.sayInside.replace("{area}", found[0].name);
  return words.sayBorder.replace("{area}", found[0].name).replace("{other}", found[1].name);
}

// Moves the map to where the phone is. The position itself goes nowhere: not into the form either.
function nearMe(button, map, areas, say, words) {
  if (!navigator.geolocation || !window.isSecureContext) {
    button.hidden = true;
    return;
  }
  button.addEventListener("click", () => {
    say(words.sayLocating);
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        const here = { lat: coords.latitude, lng: coords.longitude };
        if (areasAt(here, areas.all).length === 0) {
          say(words.sayFarAway, true);
          return;
        }
        map.setView(here, STREET_ZOOM, AT_ONCE);
        say(words.sayLocated);
      },
      () => say(words.sayNotLocated, true),
      { enableHighAccuracy: true, timeout: 15_000, maximumAge: 60_000 },
    );
  });
}

// Choosing a ward shows it, as long as there is no pin.
function followForm(form, map, areas, hasPin) {
  form?.addEventListener("change", (event) => {
    const area = event.target.name === "area" && areas.find(event.target.value);
    if (area && !hasPin()) map.fitBounds(area.bounds, AT_ONCE);
  });
}

// Coordinates that came with the page, or that somebody typed.
function goToTyped(inputs, map, pin, put) {
  const [lat, lng] = [inputs.lat, inputs.lng].map(({ value }) => Number(value.replace(",", ".")));
  const typed = inputs.lat.value && inputs.lng.value && Math.abs(lat) <= 85 && Math.abs(lng) <= 180;
  const { lat: pinLat, lng: pinLng } = pin.getLatLng();
  if (!typed || (map.hasLayer(pin) && pinLat === lat && pinLng === lng)) return;
  map.setView({ lat, lng }, STREET_ZOOM, AT_ONCE);
  put({ lat, lng });
}
