import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { type Journey, journeyQuery, saveDraft } from '../../api/journeys.ts';
import { RequestError } from '../../api/request.ts';
import { refusalWords } from '../../words/refusal-words.ts';
import { asDocument, type JourneyDocument, textOf } from './document.ts';
import { beginHistory, redone, undone, withChange } from './history.ts';

/** How long one waits for more to be drawn before it is saved, in ms. */
const restMs = 700;

/** What the server has. */
interface Kept {
  document: JourneyDocument;
  /** The draft as it stands there; null where it is what is published. */
  draft: unknown;
  /** When the journey was changed last, as far as is known here. */
  at: number;
}

/** How what is drawn stands to what is saved. */
export type SaveState =
  | { is: 'saved' }
  /** Something is to be saved, or is being saved. */
  | { is: 'saving' }
  | { is: 'failed'; error: Error }
  /** Somebody else changed it meanwhile. */
  | { is: 'conflict'; theirs: Journey };

/** Changes a document; changes that follow closely on one another with the same `what` are undone as one. */
export type ChangeDocument = (next: (before: JourneyDocument) => JourneyDocument, what?: string) => void;

/** A journey that is being drawn. */
export interface Drawing {
  document: JourneyDocument;
  /** Which draft the server has: it is another after each save. */
  savedAt: number;
  saving: SaveState;
  /** Whether somebody else has saved since, while nothing was drawn here. */
  isBehind: boolean;
  canUndo: boolean;
  canRedo: boolean;
  change: ChangeDocument;
  undo: () => void;
  redo: () => void;
  /** Tries to save once more. */
  retry: () => void;
  /** Takes over what the server has now. */
  load: (journey: Journey, document: JourneyDocument) => void;
  /** Saves what is drawn here over what somebody else saved. */
  overwrite: (theirs: Journey) => void;
}

/** Keeps what is drawn of a journey: with steps back and forth, saved a moment after each change, never over what somebody else has saved. */
export function useDrawing(journey: Journey, begin: JourneyDocument): Drawing {
  const [history, setHistory] = useState(() => beginHistory(begin));
  const [kept, setKept] = useState<Kept>({ document: begin, draft: journey.draft, at: journey.updatedAt });
  const [trouble, setTrouble] = useState<Extract<SaveState, { is: 'failed' | 'conflict' }> | null>(null);
  const busy = useRef<Promise<void> | null>(null);
  /** The newest that is known of the server's, also once this page is gone. */
  const newest = useRef(kept);
  const queries = useQueryClient();
  const { id } = journey;
  const isDirty = history.now !== kept.document;

  const keep = useCallback((next: Kept) => {
    newest.current = next;
    setKept(next);
  }, []);
  const take = useCallback(
    (answer: Journey, document: JourneyDocument) => {
      keep({ document, draft: answer.draft, at: answer.updatedAt });
      queries.setQueryData(journeyQuery(id).queryKey, answer);
    },
    [id, queries, keep],
  );
  const attempt = useCallback(
    async (document: JourneyDocument, before: Kept) => {
      try {
        take(await saveDraft(id, document, before.at), document);
      } catch (error) {
        const failure = error instanceof Error ? error : new Error(String(error));
        if (!(failure instanceof RequestError) || failure.status !== 409)
          return setTrouble({ is: 'failed', error: failure });
        const theirs = await queries.fetchQuery({ ...journeyQuery(id), staleTime: 0 }).catch(() => null);
        if (!theirs) return setTrouble({ is: 'failed', error: failure });
        // Its name or state is another, and the draft is not: nothing stands against saving it.
        if (textOf(theirs.draft) === textOf(before.draft)) keep({ ...before, at: theirs.updatedAt });
        else setTrouble({ is: 'conflict', theirs });
      }
    },
    [id, queries, keep, take],
  );
  const save = useCallback(
    (document: JourneyDocument, before: Kept) => {
      // What is drawn meanwhile is saved when this has come to an end.
      busy.current ??= attempt(document, before).finally(() => {
        busy.current = null;
      });
    },
    [attempt],
  );
  useEffect(() => {
    if (!isDirty || trouble) return;
    const timer = setTimeout(() => save(history.now, kept), restMs);
    return () => clearTimeout(timer);
  }, [isDirty, trouble, history.now, kept, save]);

  // Whoever leaves the page within that moment loses nothing, and is told where it could not be saved.
  const latest = useRef({ isDirty, trouble, now: history.now, name: journey.name });
  latest.current = { isDirty, trouble, now: history.now, name: journey.name };
  useEffect(
    () => () => {
      const { isDirty: isLeft, trouble: stands, now, name } = latest.current;
      if (!isLeft || stands) return;
      const saveLast = async () => {
        await busy.current;
        if (newest.current.document === now) return;
        const answer = await saveDraft(id, now, newest.current.at);
        queries.setQueryData(journeyQuery(id).queryKey, answer);
      };
      saveLast().catch((error: unknown) => {
        if (error instanceof RequestError && error.status === 404) return;
        const message = refusalWords(error instanceof Error ? error : new Error(String(error)));
        const title = `What you drew last in ${name} is not saved`;
        notifications.show({ title, message, color: 'red', role: 'alert', autoClose: false });
      });
    },
    [id, queries],
  );

  return {
    document: history.now,
    savedAt: kept.at,
    isBehind:
      !isDirty && !trouble && journey.updatedAt > kept.at && textOf(journey.draft) !== textOf(kept.draft),
    saving: trouble ?? { is: isDirty ? 'saving' : 'saved' },
    canUndo: history.past.length > 0,
    canRedo: history.future.length > 0,
    change: useCallback(
      (next, what) => setHistory((before) => withChange(before, next(before.now), what ?? null, Date.now())),
      [],
    ),
    undo: useCallback(() => setHistory(undone), []),
    redo: useCallback(() => setHistory(redone), []),
    retry: () => setTrouble(null),
    load: (answer, document) => {
      setTrouble(null);
      setHistory((before) => withChange(before, document, null, 0));
      take(answer, document);
    },
    overwrite: (theirs) => {
      setTrouble(null);
      keep({ document: asDocument(theirs.draft), draft: theirs.draft, at: theirs.updatedAt });
    },
  };
}
