import { type Regions, region, regionsIn } from './region.ts';

const halifax = 'America/Halifax';
const toronto = 'America/Toronto';
const winnipeg = 'America/Winnipeg';
const edmonton = 'America/Edmonton';

/**
 * Provinces and territories, each with every zone in which some of its people live (IANA tz). Zones that differ
 * by name alone are written once: Whitehorse stands for all that keep -07:00 through the year.
 */
export const canada: Regions = {
  AB: region('Alberta', edmonton),
  BC: region('British Columbia/Colombie-Britannique', 'America/Vancouver', edmonton, 'America/Whitehorse'),
  MB: region('Manitoba', winnipeg),
  NB: region('New Brunswick/Nouveau-Brunswick', halifax),
  NL: region('Newfoundland and Labrador/Newfoundland', 'America/St_Johns', halifax),
  NS: region('Nova Scotia/Nouvelle-Écosse', halifax),
  NT: region('Northwest Territories', 'America/Inuvik'),
  NU: region('Nunavut', toronto, winnipeg, 'America/Inuvik', 'America/Panama'),
  ON: region('Ontario', toronto, winnipeg, 'America/Panama'),
  PE: region('Prince Edward Island', halifax),
  QC: region('Quebec', toronto, halifax, 'America/Puerto_Rico'),
  SK: region('Saskatchewan', 'America/Regina', edmonton),
  YT: region('Yukon', 'America/Whitehorse'),
};

/** Brazil's states; the east coast keeps one time without summer time. */
export const brazil: Regions = {
  ...regionsIn(
    'America/Sao_Paulo',
    'AL Alagoas, AP Amapá, BA Bahia, CE Ceará, DF Distrito Federal, ES Espírito Santo, GO Goiás, MA Maranhão, ' +
      'MG Minas Gerais, PA Pará, PB Paraíba, PI Piauí, PR Paraná, RJ Rio de Janeiro, RN Rio Grande do Norte, ' +
      'RS Rio Grande do Sul, SC Santa Catarina, SE Sergipe, SP São Paulo, TO Tocantins',
  ),
  ...regionsIn('America/Manaus', 'MS Mato Grosso do Sul, MT Mato Grosso, RO Rondônia, RR Roraima'),
  AC: region('Acre', 'America/Rio_Branco'),
  AM: region('Amazonas', 'America/Manaus', 'America/Rio_Branco'),
  PE: region('Pernambuco', 'America/Sao_Paulo', 'America/Noronha'),
};

/** Mexico's states; those on the northern border follow the summer time of the other side in part. */
export const mexico: Regions = {
  ...regionsIn(
    'America/Mexico_City',
    'AGU Aguascalientes, CAM Campeche, CHP Chiapas, CMX Ciudad de México/Mexico City/CDMX, COL Colima, ' +
      'DUR Durango, GRO Guerrero, GUA Guanajuato, HID Hidalgo, JAL Jalisco, MEX Estado de México/México, ' +
      'MIC Michoacán, MOR Morelos, OAX Oaxaca, PUE Puebla, QUE Querétaro, SLP San Luis Potosí, TAB Tabasco, ' +
      'TLA Tlaxcala, VER Veracruz, YUC Yucatán, ZAC Zacatecas',
  ),
  ...regionsIn(['America/Mexico_City', 'America/Matamoros'], 'COA Coahuila, NLE Nuevo León, TAM Tamaulipas'),
  ...regionsIn('America/Mazatlan', 'BCS Baja California Sur, SIN Sinaloa'),
  ...regionsIn(['America/Mazatlan', 'America/Tijuana'], 'SON Sonora'),
  ...regionsIn(['America/Mazatlan', 'America/Mexico_City'], 'NAY Nayarit'),
  BCN: region('Baja California', 'America/Tijuana'),
  CHH: region('Chihuahua', 'America/Mexico_City', 'America/Ciudad_Juarez', 'America/Matamoros'),
  ROO: region('Quintana Roo', 'America/Cancun'),
};
