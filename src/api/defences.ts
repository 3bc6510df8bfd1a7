import type { Context, MiddlewareHandler } from 'hono';
import { csrf } from 'hono/csrf';
import { secureHeaders } from 'hono/secure-headers';
import type { Deps } from '#platform/deps.ts';
import { problem } from './problem.ts';

/** Seconds. Browsers take note of it over https only. */
const YEAR = 365 * 24 * 3600;
/** What no page of ours uses, an injected one shall not have. */
const UNUSED = [
  'accelerometer',
  'camera',
  'displayCapture',
  'geolocation',
  'gyroscope',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'publickeyCredentialsGet',
  'usb',
] as const;

/** On every answer, refusals included: scripts of our own files only, no frames, nothing told to other sites. */
export const guardedAnswers: MiddlewareHandler = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'", 'data:'],
    fontSrc: ["'self'"],
    connectSrc: ["'self'"],
    manifestSrc: ["'self'"],
    baseUri: ["'none'"],
    frameAncestors: ["'none'"],
    formAction: ["'self'"],
  },
  crossOriginEmbedderPolicy: 'require-corp',
  permissionsPolicy: Object.fromEntries(UNUSED.map((what) => [what, []])),
  referrerPolicy: 'no-referrer',
  strictTransportSecurity: `max-age=${YEAR}; includeSubDomains`,
  xFrameOptions: 'DENY',
});

/** What people have sent, in a browser that shows it nonetheless: of no origin, and it runs nothing. Goes before the above. */
export const sandboxed: MiddlewareHandler = async (c, next) => {
  await next();
  c.res.headers.set('content-security-policy', "default-src 'none'; frame-ancestors 'none'; sandbox");
};

/** What was answered to one person is kept by no browser and no proxy. */
export const keptByNobody: MiddlewareHandler = async (c, next) => {
  await next();
  c.res.headers.set('cache-control', 'no-store');
};

/** A page of somebody else's, in the browser of one of ours. Programs name no origin and no site. */
const isForeign = (c: Context, publicUrl: string): boolean => {
  const origin = c.req.header('origin');
  if (origin !== undefined) return origin !== new URL(c.req.url).origin && origin !== new URL(publicUrl).origin;
  const site = c.req.header('sec-fetch-site');
  return site !== undefined && site !== 'same-origin' && site !== 'none';
};

/**
 * The first of two defences of everything that a cookie opens: what another site's page sends is refused by where it comes
 * from, whatever it asks. The second stands in `trpc.ts`: every act demands a header that no page sends to another site
 * unasked, and nobody is ever given leave to send it. The cookie itself is kept from other sites' pages by `SameSite`.
 */
export const ownPagesOnly = (depsFor: (c: Context) => Deps): readonly MiddlewareHandler[] => [
  csrf({ origin: (_origin, c) => !isForeign(c, depsFor(c).publicUrl) }),
  (c, next) => {
    const reads = c.req.method === 'GET' || c.req.method === 'HEAD';
    return reads || !isForeign(c, depsFor(c).publicUrl) ? next() : Promise.resolve(problem(403, 'OUT_OF_SCOPE'));
  },
];
