/** What the attack is told by the environment. */
export interface Settings {
  /** A Carillon that runs already; null to start one. */
  url: string | null;
  /** Its server-side key (`CARILLON_API_KEY`); of one that is started here none is needed. */
  key: string | null;
  /** The simulator of the one that runs already; null to leave its attacks out. */
  simulatorUrl: string | null;
}

/** Reads the settings; an error names the variable and the remedy. */
export function readSettings(environment: NodeJS.ProcessEnv): Settings {
  const text = (name: string) => environment[name]?.trim().replace(/\/+$/, '') || null;
  const [url, key] = [text('ATTACK_URL'), text('CARILLON_API_KEY')];
  if (url !== null && !URL.canParse(url)) throw new Error(`ATTACK_URL=${url} is not an address`);
  if (url !== null && key === null)
    throw new Error('ATTACK_URL names a Carillon; give a server-side key of it as CARILLON_API_KEY');
  return { url, key, simulatorUrl: text('ATTACK_SIMULATOR_URL') };
}
