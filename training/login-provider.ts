import { generateKeyPair, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import type Provider from 'oidc-provider';
import { LOOPBACK } from './ports.ts';

/** Whom one may be, with what a municipality's own login would tell of them beside who they are. */
export type LoginPerson = {
  readonly id: string;
  readonly title: string;
  readonly email: string;
  readonly claims?: Readonly<Record<string, unknown>>;
};

export type TrainingLogin = {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly stop: () => Promise<void>;
};

export type TrainingLoginOptions = {
  /** Asked at each login. */
  readonly people: () => Promise<readonly LoginPerson[]>;
  /** The products that people log in to, asked at the first request. */
  readonly publicUrls: () => readonly string[];
};

const CLIENT_ID = 'bindeled-training';
/** How well one proves oneself here, in the words of the national standard for identities. */
const STRENGTH = 'https://data.gov.dk/concept/core/nsis/loa/Substantial';
const SCOPE = 'openid profile email';
const INTERACTION = '/interaction/';

const escaped = (words: string): string =>
  words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

const framed = (content: string): string => `<!doctype html>
<html lang="da"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Øvelseskommunens login</title></head>
<body style="font: 18px/1.5 sans-serif; max-width: 40rem; margin: 2rem auto; padding: 0 1rem">
<h1>Øvelseskommunens login</h1>
${content}</body></html>`;

const button = (words: string, more = ''): string =>
  `<button ${more}style="font: inherit; padding: .5rem 1.5rem">${words}</button>`;

/** `form` is the provider's own, with what it must get back. */
const askToLeave = (form: string): string =>
  framed(`<p>Vil du logge helt ud?</p>${form}
<p>${button('Ja, log ud', 'form="op.logoutForm" name="logout" value="yes" ')}
${button('Nej, bliv logget ind', 'form="op.logoutForm" ')}</p>`);

const page = (people: readonly LoginPerson[]): string =>
  framed(`<form method="post"><p><label for="who">Hvem er du?</label><br>
<select id="who" name="who" required style="font: inherit; max-width: 100%">
${people.map(({ id, title }) => `<option value="${escaped(id)}">${escaped(title)} (${escaped(id)})</option>`).join('\n')}
</select></p><p>${button('Log ind')}</p></form>`);

const makeProvider = async (
  issuer: string,
  clientSecret: string,
  { people, publicUrls }: TrainingLoginOptions,
): Promise<Provider> => {
  const [{ default: OpenIdProvider }, { privateKey }] = await Promise.all([
    import('oidc-provider'),
    promisify(generateKeyPair)('rsa', { modulusLength: 2048 }),
  ]);
  return new OpenIdProvider(issuer, {
    clients: [
      {
        client_id: CLIENT_ID,
        client_secret: clientSecret,
        redirect_uris: publicUrls().map((url) => `${url}/login/callback`),
        post_logout_redirect_uris: publicUrls().map((url) => `${url}/log-ind`),
        token_endpoint_auth_method: 'client_secret_post',
      },
    ],
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256' }] },
    cookies: { keys: [randomBytes(32).toString('base64')] },
    pkce: { required: () => true },
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (ctx, form) => {
          ctx.body = askToLeave(form);
        },
      },
    },
    interactions: { url: (_ctx, { uid }) => `${INTERACTION}${uid}` },
    acrValues: [STRENGTH],
    claims: { openid: ['sub', 'unit', 'roles'], profile: ['name'], email: ['email'] },
    // All of it in the login's own token, as brokers do, so that nothing more need be asked.
    conformIdTokenClaims: false,
    findAccount: async (_ctx, sub) => {
      const person = (await people()).find(({ id }) => id === sub);
      if (!person) return undefined;
      const { title: name, email, claims } = person;
      return { accountId: sub, claims: async () => ({ sub, name, email, ...claims }) };
    },
    // Nobody is asked for consent to their own municipality.
    loadExistingGrant: async ({ oidc }) => {
      const { client, session, provider } = oidc;
      const grant = new provider.Grant({ clientId: client?.clientId ?? '', accountId: session?.accountId ?? '' });
      grant.addOIDCScope(SCOPE);
      await grant.save();
      return grant;
    },
    ttl: { AccessToken: 600, AuthorizationCode: 60, Grant: 600, IdToken: 600, Interaction: 600, Session: 600 },
  });
};

/** A real OpenID Connect provider, on this machine only, at which one logs in by choosing who to be. */
export const startTrainingLogin = async (options: TrainingLoginOptions): Promise<TrainingLogin> => {
  const clientSecret = randomBytes(24).toString('base64url');
  let made: Promise<Provider> | null = null;
  let issuer = '';

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    made ??= makeProvider(issuer, clientSecret, options);
    const provider = await made;
    if (!request.url?.startsWith(INTERACTION)) {
      provider.callback()(request, response);
      return;
    }
    if (request.method === 'POST') {
      const accountId = new URLSearchParams(await text(request)).get('who') ?? '';
      await provider.interactionFinished(request, response, { login: { accountId, acr: STRENGTH } });
      return;
    }
    await provider.interactionDetails(request, response);
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page(await options.people()));
  };

  const server = createServer((request, response) => {
    handle(request, response).catch(() => {
      if (!response.headersSent) response.writeHead(400);
      response.end();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, LOOPBACK, resolve);
  });
  const address = server.address();
  // By name, as browsers and the product call it; a cookie of one is not one of the other.
  issuer = `http://localhost:${typeof address === 'object' ? address?.port : 0}`;
  return {
    issuer,
    clientId: CLIENT_ID,
    clientSecret,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
