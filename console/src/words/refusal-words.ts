import { RequestError } from '../api/request.ts';
import { skipReasonWords } from './skip-reasons.ts';

/** Why something did not work, in the console's own words where it has better ones than the API's. */
export function refusalWords(error: Error): string {
  if (!(error instanceof RequestError)) return error.message;
  if (error.status === 401 && error.params.field === 'key')
    return 'This is no server-side key of any project here. Take the one that the terminal printed at the first start, or one made in Settings.';
  if (error.status === 401 && error.code === 'BadApiKey')
    return 'Your session has ended: sign in again, then repeat it.';
  const { skipReason } = error.params;
  if (typeof skipReason === 'string') return `It would not be sent: ${skipReasonWords(skipReason)}.`;
  // The part of the form that the call has; who chose one file knows which is meant.
  return error.message.replace(/^file: the file/, 'The file');
}
