import { ApiError } from '../http/errors.ts';

/**
 * The email that a path names. What is none was meant for another address (`/api/users/getbyemail`): answering that
 * nobody has it would be taken for the truth. @throws ApiError InvalidEmailAddressError.
 */
export function emailOfPath(text: string): string {
  if (/^[^@]+@[^@]+$/.test(text)) return text;
  throw new ApiError(
    'InvalidEmailAddressError',
    `email: ${text} in the path is no email address; there is also no call of that name (see /api/docs)`,
    { field: 'email', value: text },
  );
}
