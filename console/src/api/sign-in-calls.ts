/** Who is signed in. */
export interface Session {
  user: { id: string; name: string; email: string };
}

interface Call<Body, Answered> {
  requestBody: { content: { 'application/json': Body } };
  responses: { 200: { content: { 'application/json': Answered } } };
}

/** The calls that better-auth answers itself, which the OpenAPI document leaves out. */
export interface SignInCalls {
  '/auth/get-session': {
    get: { responses: { 200: { content: { 'application/json': Session | null } } } };
  };
  '/auth/sign-in/email': { post: Call<{ email: string; password: string }, unknown> };
  '/auth/sign-out': { post: Call<Record<string, never>, unknown> };
  '/auth/change-password': {
    post: Call<{ currentPassword: string; newPassword: string; revokeOtherSessions: boolean }, unknown>;
  };
}
