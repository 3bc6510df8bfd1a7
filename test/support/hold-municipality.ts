/** Starts training mode without pages in the folder given and waits to be killed. Prints its address when it is up. */
import { join } from 'node:path';
import { pino } from 'pino';
import { startMunicipality } from '#training/municipality.ts';

const dir = process.argv[2] ?? '';
const logTo = pino.destination({ dest: join(dir, 'training.log'), mkdir: true, sync: true });
const { url } = await startMunicipality({ dir, port: 0, pages: false, logTo });
process.stdout.write(`${url}\n`);
