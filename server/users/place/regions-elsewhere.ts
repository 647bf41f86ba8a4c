import { type Regions, region, regionsIn } from './region.ts';

/** Australia's states and territories (IANA tz; Broken Hill keeps Adelaide's time, Eucla its own). */
export const australia: Regions = {
  ACT: region('Australian Capital Territory', 'Australia/Sydney'),
  NSW: region('New South Wales', 'Australia/Sydney', 'Australia/Adelaide', 'Australia/Lord_Howe'),
  NT: region('Northern Territory', 'Australia/Darwin'),
  QLD: region('Queensland', 'Australia/Brisbane'),
  SA: region('South Australia', 'Australia/Adelaide'),
  TAS: region('Tasmania', 'Australia/Sydney'),
  VIC: region('Victoria', 'Australia/Sydney'),
  WA: region('Western Australia', 'Australia/Perth', 'Australia/Eucla'),
};

/** Spain's communities: all keep Madrid's time but the Canary Islands. */
export const spain: Regions = {
  ...regionsIn(
    'Europe/Madrid',
    'AN Andalucía/Andalusia, AR Aragón, AS Asturias, CB Cantabria, CE Ceuta, CL Castilla y León/Castile and León, ' +
      'CM Castilla-La Mancha, CT Cataluña/Catalunya/Catalonia, EX Extremadura, GA Galicia, ' +
      'IB Illes Balears/Islas Baleares/Balearic Islands, MC Murcia/Región de Murcia, ' +
      'MD Madrid/Comunidad de Madrid, ML Melilla, NC Navarra/Navarre, PV País Vasco/Euskadi/Basque Country, ' +
      'RI La Rioja, VC Comunitat Valenciana/Comunidad Valenciana/Valencia',
  ),
  CN: region('Canarias/Islas Canarias/Canary Islands', 'Atlantic/Canary'),
};

/** Portugal's two autonomous regions; the districts of the mainland are not told apart. */
export const portugal: Regions = {
  ...regionsIn(
    'Europe/Lisbon',
    '01 Aveiro, 02 Beja, 03 Braga, 04 Bragança, 05 Castelo Branco, 06 Coimbra, 07 Évora, 08 Faro, 09 Guarda, ' +
      '10 Leiria, 11 Lisboa/Lisbon, 12 Portalegre, 13 Porto, 14 Santarém, 15 Setúbal, 16 Viana do Castelo, ' +
      '17 Vila Real, 18 Viseu, 30 Madeira',
  ),
  20: region('Açores/Azores', 'Atlantic/Azores'),
};

/** Federal subjects of Russia by their time of the year 2026 (IANA tz), which is the same all year. */
export const russia: Regions = {
  KGD: region('Kaliningrad', 'Europe/Kaliningrad'),
  ...regionsIn(
    'Europe/Moscow',
    'AD Adygea, ARK Arkhangelsk, BEL Belgorod, BRY Bryansk, CE Chechnya, CU Chuvashia, DA Dagestan, ' +
      'IN Ingushetia, IVA Ivanovo, KB Kabardino-Balkaria, KC Karachay-Cherkessia, KDA Krasnodar, KIR Kirov, ' +
      'KL Kalmykia, KLU Kaluga, KO Komi, KOS Kostroma, KR Karelia, KRS Kursk, LEN Leningrad, LIP Lipetsk, ' +
      'ME Mari El, MO Mordovia, MOS Moscow Oblast, MOW Moscow, MUR Murmansk, NEN Nenets, NGR Novgorod, ' +
      'NIZ Nizhny Novgorod, ORL Oryol, PNZ Penza, PSK Pskov, ROS Rostov, RYA Ryazan, SE North Ossetia, ' +
      'SMO Smolensk, SPE Saint Petersburg, STA Stavropol, TA Tatarstan, TAM Tambov, TUL Tula, TVE Tver, ' +
      'VGG Volgograd, VLA Vladimir, VLG Vologda, VOR Voronezh, YAR Yaroslavl',
  ),
  ...regionsIn('Europe/Samara', 'AST Astrakhan, SAM Samara, SAR Saratov, UD Udmurtia, ULY Ulyanovsk'),
  ...regionsIn(
    'Asia/Yekaterinburg',
    'BA Bashkortostan, CHE Chelyabinsk, KGN Kurgan, KHM Khanty-Mansi, ORE Orenburg, PER Perm, SVE Sverdlovsk, ' +
      'TYU Tyumen, YAN Yamalo-Nenets',
  ),
  OMS: region('Omsk', 'Asia/Omsk'),
  ...regionsIn(
    'Asia/Novosibirsk',
    'AL Altai Republic, ALT Altai Krai, KEM Kemerovo, KK Khakassia, KYA Krasnoyarsk, NVS Novosibirsk, TOM Tomsk, ' +
      'TY Tuva',
  ),
  ...regionsIn('Asia/Irkutsk', 'BU Buryatia, IRK Irkutsk'),
  ...regionsIn('Asia/Yakutsk', 'AMU Amur, ZAB Zabaykalsky'),
  ...regionsIn('Asia/Vladivostok', 'KHA Khabarovsk, PRI Primorsky, YEV Jewish Autonomous Oblast'),
  ...regionsIn('Asia/Magadan', 'MAG Magadan'),
  SA: region('Sakha/Yakutia', 'Asia/Yakutsk', 'Asia/Vladivostok', 'Asia/Magadan'),
  SAK: region('Sakhalin', 'Asia/Magadan'),
  ...regionsIn('Asia/Kamchatka', 'CHU Chukotka, KAM Kamchatka'),
};
