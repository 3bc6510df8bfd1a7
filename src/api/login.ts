import type { Context, Hono } from 'hono';
import { deleteCookie, generateCookie, getCookie, setCookie } from 'hono/cookie';
import { type ClaimMapping, nameClaimed, personClaimed, waysToAsk } from '#domain/login-claims.ts';
import { localDay } from '#domain/time.ts';
import type { Deps } from '#platform/deps.ts';
import type { LoginAttempt, LoginProvider } from '#platform/login-provider.ts';
import { surnameIndex } from '#usecases/unusual-reading.ts';
import { cookieName, isSecure, logIn, logOut, municipalityOf, SESSION_COOKIE } from './context.ts';

export type Login = { readonly provider: LoginProvider; readonly mapping: ClaimMapping };

/** Binds the way to the provider and back to one browser. */
const ATTEMPT_COOKIE = 'bindeled_login';
/** To choose, to find one's card, to type. Seconds. */
const ATTEMPT_SECONDS = 600;
const PAGE = '/log-ind';

/** Why somebody is back at the login page without one. The page says it in words. */
type Failure = 'utilgaengelig' | 'afbrudt' | 'ukendt' | 'svagt';

/** The cookie of a session, as a header: never seen by scripts, never sent from another site's page. */
export const sessionCookie = (deps: Deps, token: string): string =>
  generateCookie(cookieName(deps, SESSION_COOKIE), token, {
    httpOnly: true,
    sameSite: 'Strict',
    path: '/',
    secure: isSecure(deps),
  });

/** A place of ours, or the first page. */
const placeOf = (deps: Deps, til: string): string => {
  const place = URL.parse(til, deps.publicUrl);
  const ours = place && til.startsWith('/') && place.origin === new URL(deps.publicUrl).origin;
  // `/.//elsewhere` is a path of ours whose own path is another host's address.
  return ours && !place.pathname.startsWith('//') ? `${place.pathname}${place.search}` : '/';
};

/**
 * All that must come back unchanged follows from what the browser's cookie holds, keyed here: nothing is stored, any
 * process may take the callback, and a stolen callback address is worth nothing in another browser.
 */
const attemptOf = ({ vault, publicUrl }: Deps, secret: string, til: string): LoginAttempt => {
  const derived = (what: string) => Buffer.from(vault.index('login', `${what}:${secret}:${til}`)).toString('base64url');
  return {
    state: derived('state'),
    nonce: derived('nonce'),
    verifier: derived('verifier'),
    redirectUri: `${publicUrl}/login/callback`,
  };
};

/** Login by OpenID Connect: away to the provider, and back with a session. */
export const loginRoutes = (app: Hono, depsFor: (c: Context) => Deps, { provider, mapping }: Login): void => {
  const back = (c: Context, fejl: Failure): Response => c.redirect(`${PAGE}?fejl=${fejl}`);

  app.get('/login', async (c) => {
    const deps = depsFor(c);
    const secret = deps.vault.token();
    const til = placeOf(deps, c.req.query('til') ?? '/');
    const attempt = attemptOf(deps, secret, til);
    const proving = { ways: waysToAsk(mapping), anew: c.req.query('igen') !== undefined };
    try {
      const address = await provider.begin(attempt, proving);
      // Lax: the way back begins on the provider's page.
      const cookie = { httpOnly: true, sameSite: 'Lax', path: '/', maxAge: ATTEMPT_SECONDS } as const;
      setCookie(c, cookieName(deps, ATTEMPT_COOKIE), `${secret}.${til}`, { ...cookie, secure: isSecure(deps) });
      return c.redirect(address);
    } catch (error) {
      deps.log.error('login.provider-failed', {}, error);
      return back(c, 'utilgaengelig');
    }
  });

  // Changes nothing here: the session was ended by its own act before the browser came.
  app.get('/logout', async (c) => {
    const deps = depsFor(c);
    const ended = await provider.end(`${deps.publicUrl}${PAGE}`).catch((error: unknown) => {
      deps.log.error('login.provider-failed', {}, error);
      return null;
    });
    return c.redirect(ended ?? PAGE);
  });

  app.get('/login/callback', async (c) => {
    const deps = depsFor(c);
    const name = cookieName(deps, ATTEMPT_COOKIE);
    const [secret = '', til = '/'] = (getCookie(c, name) ?? '').split(/\.(.*)/s);
    deleteCookie(c, name, { path: '/', secure: isSecure(deps) });
    if (secret === '') return back(c, 'afbrudt');
    const attempt = attemptOf(deps, secret, til);
    const { search } = new URL(c.req.url);
    const claims = await provider
      .finish(new URL(`${attempt.redirectUri}${search}`), attempt)
      .catch((error: unknown) => {
        deps.log.warn('login.refused', {}, error);
        return null;
      });
    if (!claims) return back(c, 'afbrudt');
    const today = localDay(await deps.clock.now());
    const person = personClaimed(claims, mapping, await municipalityOf(deps), today);
    if (typeof person === 'string') {
      deps.log.warn('login.not-let-in', { reason: person });
      return back(c, person === 'too-weak' ? 'svagt' : 'ukendt');
    }
    // Whatever session the browser had is not carried over into this login.
    const before = getCookie(c, cookieName(deps, SESSION_COOKIE));
    if (before) await logOut(deps, before);
    const surname = surnameIndex(deps.vault, nameClaimed(claims));
    const { token } = await logIn(deps, person.personId, { ...person.claimed, ...(surname ? { surname } : {}) });
    deps.log.info('login.done');
    c.header('set-cookie', sessionCookie(deps, token), { append: true });
    return c.redirect(placeOf(deps, til));
  });
};
