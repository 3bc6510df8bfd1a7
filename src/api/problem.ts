/** A refusal that is not a procedure's. `detail`: for whoever reads it, in both languages; never what was asked. */
export const problem = (
  status: number,
  code: string,
  { detail, headers = {} }: { readonly detail?: string; readonly headers?: Record<string, string> } = {},
): Response =>
  new Response(JSON.stringify({ type: 'about:blank', status, code, ...(detail === undefined ? {} : { detail }) }), {
    status,
    headers: { 'content-type': 'application/problem+json', ...headers },
  });
