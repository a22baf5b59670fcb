// Streets under the areas: the operator's own city.pmtiles, or images from a tile server.

import { loadScript } from "./load.js";

// Returns whether there are streets. Without them, or when they fail, the areas are the map.
export async function drawStreets(map, element) {
  const { streets, tiles, attribution, protomaps } = element.dataset;
  try {
    if (streets) {
      await loadScript(protomaps);
      await drawVector(map, element, { url: streets, attribution });
    } else if (tiles) {
      L.tileLayer(tiles, {
        attribution,
        maxZoom: map.getMaxZoom(),
        className: "map-raster",
        // Public tile servers want to know which site asks, and no more than that.
        referrerPolicy: "origin",
      }).addTo(map);
    }
  } catch (error) {
    console.warn(error);
    return false;
  }
  return Boolean(streets || tiles);
}

async function drawVector(map, element, options) {
  // A file cut from a larger map may end at any zoom; beyond it the last one is enlarged.
  const { maxZoom } = await new protomapsL.PmtilesSource(options.url, false).p.getHeader();
  let layer = null;
  const draw = () => {
    const colours = flavour(element);
    const next = protomapsL.leafletLayer({
      ...options,
      maxDataZoom: maxZoom,
      backgroundColor: colours.background,
      paintRules: protomapsL.paintRules(colours),
      labelRules: protomapsL.labelRules(colours, document.documentElement.lang || "vi"),
    });
    next.addTo(map);
    layer?.remove();
    layer = next;
  };
  draw();
  matchMedia("(prefers-color-scheme: dark)").addEventListener?.("change", draw);
}

// The names that protomaps gives its colours, filled with ours (map.css).
function flavour(element) {
  const style = getComputedStyle(element);
  const colour = (name) => style.getPropertyValue(`--map-${name}`).trim();
  const names = {
    land: "earth hospital industrial school zoo military aerodrome glacier sand beach",
    green: "park_a park_b wood_a wood_b scrub_a scrub_b",
    water: "water",
    outside: "background",
    road: "major runway pier pedestrian",
    building: "buildings",
    edge: "railway boundaries",
    words:
      "roads_label_minor roads_label_major ocean_label subplace_label city_label state_label" +
      " country_label address_label",
    halo:
      "roads_label_minor_halo roads_label_major_halo subplace_label_halo city_label_halo" +
      " state_label_halo address_label_halo",
  };
  const flavour = {};
  for (const [ours, theirs] of Object.entries(names)) {
    for (const name of theirs.split(" ")) flavour[name] = colour(ours);
  }
  return flavour;
}
