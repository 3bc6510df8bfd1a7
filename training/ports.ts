import { createServer } from 'node:net';
import { StartError } from '#platform/start-error.ts';

export const LOOPBACK = '127.0.0.1';

const listen = (port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port, host: LOOPBACK, exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : port));
    });
  });

/** A loopback port that was free a moment ago; somebody else may still be first. */
export const freePort = (): Promise<number> => listen(0);

/** Throws StartError when nothing can listen on the loopback port. `purpose` completes "…, which X needs". */
export const demandPort = async (port: number, purpose: string): Promise<void> => {
  try {
    await listen(port);
  } catch (error) {
    throw portError(error, port, purpose);
  }
};

/** The one sentence for a failed listen; anything that is not about the port comes back as it was. */
export const portError = (error: unknown, port: number, purpose: string): unknown => {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') {
    return new StartError(
      `Port ${port}, which ${purpose} needs, is already in use; stop what uses it or choose another.`,
    );
  }
  if (code === 'EACCES') return new StartError(`Port ${port}, which ${purpose} needs, may only be opened by root.`);
  return error;
};
