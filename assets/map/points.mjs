// Label points set by hand: States the 50 m file leaves out, and names that would
// otherwise stand on an overseas part.
export const points = {
  TUV: [179.2, -8.5],
  FRA: [2.4, 46.7],
  NLD: [5.5, 52.2],
  NOR: [9.2, 61.3],
  PRT: [-8.1, 39.6],
  ESP: [-3.6, 40.2],
  USA: [-99.0, 39.5],
  CHL: [-71.0, -33.5],
};
