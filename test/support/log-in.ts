/** A browser without pages: follows redirects and keeps each host's cookies, as far as a login needs it. */
export const makeBrowser = () => {
  const jar = new Map<string, Map<string, string>>();
  const cookiesOf = (url: URL): Map<string, string> => {
    // Browsers do not tell ports apart, but two products on one machine must not share a session in a test.
    const kept = jar.get(url.host) ?? new Map<string, string>();
    jar.set(url.host, kept);
    return kept;
  };
  const once = async (url: URL, init: RequestInit): Promise<Response> => {
    const cookies = cookiesOf(url);
    const headers = new Headers(init.headers);
    headers.set('cookie', Array.from(cookies, ([name, value]) => `${name}=${value}`).join('; '));
    const response = await fetch(url, { ...init, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '' || /max-age=0/i.test(line)) cookies.delete(name);
      else cookies.set(name, value);
    }
    return response;
  };
  /** Answers where it ended, and every address on the way. `until`: stops before that one is asked. */
  const go = async (address: string, init: RequestInit = {}, until?: (url: URL) => boolean) => {
    let url = new URL(address);
    const passed: URL[] = [url];
    let response = await once(url, init);
    while (response.status >= 300 && response.status < 400) {
      url = new URL(response.headers.get('location') ?? '', url);
      passed.push(url);
      if (until?.(url)) break;
      response = await once(url, {});
    }
    return { url, response, passed };
  };
  /** To the provider by the product's own login, and as far back as `until` lets it. */
  const logIn = async (
    product: string,
    who: string,
    { til = '/', until }: { readonly til?: string; readonly until?: (url: URL) => boolean } = {},
  ) => {
    const asked = await go(`${product}/login?til=${encodeURIComponent(til)}`);
    return go(asked.url.href, { method: 'POST', body: new URLSearchParams({ who }) }, until);
  };
  const cookieAt = (address: string): string =>
    Array.from(cookiesOf(new URL(address)), ([name, value]) => `${name}=${value}`).join('; ');
  return { go, logIn, cookieAt, cookiesOf: (address: string) => cookiesOf(new URL(address)) };
};
