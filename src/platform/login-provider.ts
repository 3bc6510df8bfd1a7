import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  buildEndSessionUrl,
  type Configuration,
  calculatePKCECodeChallenge,
  clockTolerance,
  discovery,
} from 'openid-client';
import type { Claims } from '#domain/login-claims.ts';

/** What binds a login to the browser that began it; each made for this one login. */
export type LoginAttempt = {
  readonly state: string;
  readonly nonce: string;
  /** PKCE: 43 letters and digits or more. */
  readonly verifier: string;
  readonly redirectUri: string;
};

/** How somebody is asked to prove themselves. */
export type Proving = {
  /** The best first; none: as the provider likes. */
  readonly ways: readonly string[];
  /** Once more, though the provider knows them: what it knows was not enough. */
  readonly anew: boolean;
};

/** The municipality's login, or the broker before it: OpenID Connect, code flow with PKCE. */
export type LoginProvider = {
  /** Where the browser is sent. Throws when the provider does not answer. */
  readonly begin: (attempt: LoginAttempt, proving: Proving) => Promise<string>;
  /** What the provider says of whom it sent back. Throws whatever does not fit the attempt. */
  readonly finish: (callback: URL, attempt: LoginAttempt) => Promise<Claims>;
  /** Where the browser ends its login at the provider as well and comes back from; null where a provider has no such place. */
  readonly end: (backTo: string) => Promise<string | null>;
};

export type LoginSettings = {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
};

/** Two machines' clocks differ a little. Seconds. */
const TOLERANCE = 30;
const ASKED_SECONDS = 10;

export const openIdProvider = ({ issuer, clientId, clientSecret }: LoginSettings): LoginProvider => {
  const server = new URL(issuer);
  const insecure = server.protocol === 'http:';
  let found: Promise<Configuration> | null = null;
  /** Asked once; a provider that was away is asked again by the next login. */
  const configuration = (): Promise<Configuration> => {
    found ??= discovery(server, clientId, { client_secret: clientSecret, [clockTolerance]: TOLERANCE }, undefined, {
      timeout: ASKED_SECONDS,
      ...(insecure ? { execute: [allowInsecureRequests] } : {}),
    }).catch((error: unknown) => {
      found = null;
      throw error;
    });
    return found;
  };
  return {
    begin: async ({ state, nonce, verifier, redirectUri }, { ways, anew }) =>
      buildAuthorizationUrl(await configuration(), {
        redirect_uri: redirectUri,
        scope: 'openid profile email',
        state,
        nonce,
        code_challenge: await calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        ...(ways.length === 0 ? {} : { acr_values: ways.join(' ') }),
        ...(anew ? { prompt: 'login' } : {}),
      }).href,
    finish: async (callback, { state, nonce, verifier }) => {
      const tokens = await authorizationCodeGrant(await configuration(), callback, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
      });
      return tokens.claims() ?? {};
    },
    end: async (backTo) => {
      const config = await configuration();
      const ends = config.serverMetadata().end_session_endpoint !== undefined;
      return ends ? buildEndSessionUrl(config, { post_logout_redirect_uri: backTo }).href : null;
    },
  };
};
