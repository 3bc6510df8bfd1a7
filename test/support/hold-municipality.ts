/**
 * Starts training mode without pages in the folder given and waits to be killed, or to be asked to stop (SIGTERM). Prints
 * its address when it is up.
 */
import { join } from 'node:path';
import { pino } from 'pino';
import { startMunicipality } from '#training/municipality.ts';

const dir = process.argv[2] ?? '';
const logTo = pino.destination({ dest: join(dir, 'training.log'), mkdir: true, sync: true });
const { url, stop } = await startMunicipality({ dir, port: 0, pages: false, logTo });
process.once('SIGTERM', () => void stop().then(() => process.exit(0)));
process.stdout.write(`${url}\n`);
