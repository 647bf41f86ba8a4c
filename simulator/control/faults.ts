/** A call that is not served: the HTTP status, a name for programs, and a text that names field, fault and remedy. */
export interface CallFault extends Error {
  statusCode: number;
  code: string;
}

/** A fault to throw; the control API answers it as `{ error, message }`. */
export function callFault(statusCode: number, code: string, message: string): CallFault {
  return Object.assign(new Error(message), { statusCode, code });
}

/** A fault of what was asked: HTTP 400. */
export function badRequest(message: string): CallFault {
  return callFault(400, 'BadRequest', message);
}
