import { type Regions, region } from './region.ts';

const eastern = 'America/New_York';
const central = 'America/Chicago';
const mountain = 'America/Denver';
const pacific = 'America/Los_Angeles';

/** States and the District, each with every zone in which some of its people live (IANA tz, 49 CFR 71). */
export const unitedStates: Regions = {
  AL: region('Alabama', central),
  AK: region('Alaska', 'America/Anchorage', 'America/Adak'),
  AZ: region('Arizona', 'America/Phoenix', mountain),
  AR: region('Arkansas', central),
  CA: region('California', pacific),
  CO: region('Colorado', mountain),
  CT: region('Connecticut', eastern),
  DC: region('District of Columbia/Washington DC/Washington D.C.', eastern),
  DE: region('Delaware', eastern),
  FL: region('Florida', eastern, central),
  GA: region('Georgia', eastern),
  HI: region('Hawaii', 'Pacific/Honolulu'),
  IA: region('Iowa', central),
  ID: region('Idaho', mountain, pacific),
  IL: region('Illinois', central),
  IN: region('Indiana', eastern, central),
  KS: region('Kansas', central, mountain),
  KY: region('Kentucky', eastern, central),
  LA: region('Louisiana', central),
  MA: region('Massachusetts', eastern),
  MD: region('Maryland', eastern),
  ME: region('Maine', eastern),
  MI: region('Michigan', eastern, central),
  MN: region('Minnesota', central),
  MO: region('Missouri', central),
  MS: region('Mississippi', central),
  MT: region('Montana', mountain),
  NC: region('North Carolina', eastern),
  ND: region('North Dakota', central, mountain),
  NE: region('Nebraska', central, mountain),
  NH: region('New Hampshire', eastern),
  NJ: region('New Jersey', eastern),
  NM: region('New Mexico', mountain),
  NV: region('Nevada', pacific, mountain),
  NY: region('New York/New York State', eastern),
  OH: region('Ohio', eastern),
  OK: region('Oklahoma', central),
  OR: region('Oregon', pacific, mountain),
  PA: region('Pennsylvania', eastern),
  RI: region('Rhode Island', eastern),
  SC: region('South Carolina', eastern),
  SD: region('South Dakota', central, mountain),
  TN: region('Tennessee', eastern, central),
  TX: region('Texas', central, mountain),
  UT: region('Utah', mountain),
  VA: region('Virginia', eastern),
  VT: region('Vermont', eastern),
  WA: region('Washington/Washington State', pacific),
  WI: region('Wisconsin', central),
  WV: region('West Virginia', eastern),
  WY: region('Wyoming', mountain),
};

/**
 * Territories, which have ISO country codes of their own and area codes of their own. They are not among the
 * places of a person of whom only “United States” is known.
 */
export const territories: Regions = {
  AS: region('American Samoa', 'Pacific/Pago_Pago'),
  GU: region('Guam', 'Pacific/Guam'),
  MP: region('Northern Mariana Islands', 'Pacific/Guam'),
  PR: region('Puerto Rico', 'America/Puerto_Rico'),
  VI: region('U.S. Virgin Islands/Virgin Islands/US Virgin Islands', 'America/Puerto_Rico'),
};
