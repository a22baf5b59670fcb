// <hopthu-map mode="pick | show | browse">: a map that is nowhere needed. Without this script the
// element stays hidden; the page has a ward and a landmark, or a list, instead.
// All words come from the element's data attributes and templates (components/map.html).

import { Areas, drawAreas, fetchAreas } from "./map/areas.js";
import { browse } from "./map/browse.js";
import { drawLabels } from "./map/labels.js";
import { loadScript, loadStyle } from "./map/load.js";
import { pick } from "./map/pick.js";
import { show } from "./map/pin.js";
import { drawSketch } from "./map/sketch.js";
import { drawStreets } from "./map/streets.js";

const NEAR = "300px";
const MAX_ZOOM = 19;

class HopthuMap extends HTMLElement {
  connectedCallback() {
    if (this.begun) return;
    this.begun = true;
    this.hidden = false;
    if (!("IntersectionObserver" in window)) {
      this.start();
      return;
    }
    const watch = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      watch.disconnect();
      this.start();
    }, { rootMargin: NEAR });
    watch.observe(this);
  }

  disconnectedCallback() {
    this.map?.remove();
  }

  async start() {
    try {
      const [collection] = await Promise.all([
        fetchAreas(this.dataset.areas),
        loadStyle(this.dataset.leafletStyle),
        loadScript(this.dataset.leaflet),
      ]);
      await this.draw(new Areas(collection));
      this.dataset.ready = "";
    } catch (error) {
      this.querySelector("[data-map-canvas]").textContent = this.dataset.sayBroken;
      console.warn(error);
    }
  }

  async draw(areas) {
    const canvas = this.querySelector("[data-map-canvas]");
    canvas.textContent = "";
    const map = newMap(canvas, areas.bounds, this.dataset);
    this.map = map;
    const streets = await drawStreets(map, this);
    drawAreas(map, areas, { overStreets: streets });
    const names = await drawSketch(map, this.dataset.sketch);
    const arrangeLabels = drawLabels(map, areas, names);
    const modes = { pick, show, browse };
    modes[this.getAttribute("mode")](this, map, areas, arrangeLabels);
  }
}

function newMap(canvas, bounds, { tiles, sayZoomIn, sayZoomOut }) {
  const moving = !matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = L.map(canvas, {
    attributionControl: false,
    zoomControl: false,
    // Images of streets are drawn for whole zooms; lines look right at any.
    zoomSnap: tiles ? 1 : 0.5,
    maxZoom: MAX_ZOOM,
    maxBounds: bounds.pad(1),
    maxBoundsViscosity: 0.8,
    fadeAnimation: moving,
    zoomAnimation: moving,
    markerZoomAnimation: moving,
    inertia: moving,
    // A seventh of a phone's width: one press never jumps over a ward.
    keyboardPanDelta: 48,
    // A page is scrolled past the map far more often than the map is zoomed with a wheel.
    scrollWheelZoom: false,
  });
  map.on("focus", () => map.scrollWheelZoom.enable());
  map.on("blur", () => map.scrollWheelZoom.disable());
  map.fitBounds(bounds, { animate: false });
  map.setMinZoom(Math.max(0, map.getZoom() - 1));
  L.control.attribution({ prefix: false }).addTo(map);
  const words = { zoomInTitle: sayZoomIn, zoomOutTitle: sayZoomOut };
  L.control.zoom({ position: "topright", ...words }).addTo(map);
  widenStreets(map);
  ringForKeyboard(canvas);
  return map;
}

// Leaflet gives the map the focus at every tap; its ring is for those who come with a keyboard.
function ringForKeyboard(canvas) {
  canvas.addEventListener("pointerdown", () => canvas.classList.add("map-touched"), true);
  for (const event of ["keydown", "blur"]) {
    canvas.addEventListener(event, () => canvas.classList.remove("map-touched"));
  }
}

// Streets of a sketch grow as one comes closer (map.css).
function widenStreets(map) {
  const widen = () => {
    const width = 2 ** ((map.getZoom() - 12) / 2);
    map.getContainer().style.setProperty("--map-line", `${width}px`);
  };
  map.on("zoomend", widen);
  widen();
}

customElements.define("hopthu-map", HopthuMap);
