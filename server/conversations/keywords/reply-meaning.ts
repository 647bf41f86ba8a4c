import type { NotThem } from './wrong-number.ts';

/** What an inbound text asks for. */
export interface ReplyMeaning {
  /**
   * `optOut`: act at once. `optIn`, `help`: the whole message is the keyword. `unclearOptOut`: pause promotional
   * messages and put it before a person. `reaction`: a phone told of a reaction to a message of ours, which is no wish.
   */
  meaning: 'optOut' | 'optIn' | 'help' | 'unclearOptOut' | 'reaction' | 'none';
  /** The keyword met, as the table spells it (`STOP`, `YES`); absent when wording rather than a keyword decided. */
  word?: string;
  /** ISO 639 code of the tongue it was said in, where that could be told. */
  language?: string | undefined;
  /** Set for YES and its kin: an `optIn` that answers our question, and asks for nothing by itself. */
  onlyConfirms?: true;
  /** Set where an `unclearOptOut` says that the messages are not for who reads them. */
  about?: NotThem;
}

/** What is known of the writer. */
export interface Speaker {
  /** The one language, where there is one. */
  language: string | undefined;
  /** All that they may speak. */
  languages: ReadonlySet<string>;
}

/** Codes of languages that go by the words of another. */
const sameWords: Readonly<Record<string, string>> = { nb: 'no', nn: 'no', fil: 'tl', iw: 'he', bs: 'hr' };

/** What the languages a person may speak (`pt-BR`) tell. */
export function speakerOf(spoken: readonly string[]): Speaker {
  const codes = spoken.filter((tag) => tag !== '').map((tag) => tag.toLowerCase().split(/[-_]/)[0] ?? '');
  const languages = new Set(codes.map((code) => sameWords[code] ?? code));
  return { languages, language: languages.size === 1 ? [...languages][0] : undefined };
}
